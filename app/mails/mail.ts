import { MailSchema } from '#database/schema'

/** A mail of the queue: waiting → sending → sent, or waiting again, or failed. */
export default class Mail extends MailSchema {
  static table = 'mails'
}
