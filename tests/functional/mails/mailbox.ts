import { randomUUID } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import type { MailKind } from '#app/mails/mail_kinds'
import type { MailTransport, OutgoingMail } from '#app/mails/mail_transport'
import { queueMail } from '#app/mails/queue_mail'
import type User from '#app/users/user'

export const someAddress = () => `mails-${randomUUID()}@example.org`

/** Takes what is sent to one address, and lets the rest go: the queue is the whole run's. */
export function mailboxOf(address: string, before: (mail: OutgoingMail) => Promise<void> | void = () => {}) {
  const mails: OutgoingMail[] = []
  const transport: MailTransport = {
    async send(mail) {
      if (mail.recipient !== address) return
      await before(mail)
      mails.push(mail)
    },
  }
  return { mails, transport }
}

interface Queued {
  kind?: MailKind
  language?: string
  user?: User
}

/** Queues a mail as a use-case does; answers its id. */
export async function queued(recipient: string, { kind = 'no_account', language = 'fr', user }: Queued = {}) {
  await db.transaction((trx) => queueMail({ kind, userId: user?.id ?? null, recipient, language }, trx))
  const { id } = await db.from('mails').where('recipient', recipient).orderBy('id', 'desc').first()
  return Number(id)
}

export const rowOf = (id: number): Promise<Record<string, any>> => db.from('mails').where('id', id).first()

/** The value in the link of a mail. */
export function linkIn({ message }: OutgoingMail): string {
  const [, value] = /\/app\/[a-z-]+#([\w-]+)/.exec(String(message.text)) ?? []
  return value!
}

/** Doctor tells of mails that failed in the last week, also in the tests of others. */
export async function forgetFailures() {
  await db.from('mails').where('state', 'failed').delete()
}
