import type { NodeMailerMessage } from '@adonisjs/mail/types'
import { fileTransport } from '#app/mails/file_transport'
import { smtpSettings } from '#app/mails/smtp_settings'
import env from '#start/env'

export interface OutgoingMail {
  uuid: string
  recipient: string
  message: NodeMailerMessage
}

/** Brings one mail out of the house. Whatever it throws is told by `sendingError`. */
export interface MailTransport {
  send(mail: OutgoingMail): Promise<void>
}

/** By SMTP where MAIL_DSN names a server, else into files below the data folder. Errors: as `smtpSettings`. */
export function mailTransport(): MailTransport {
  const dsn = env.get('MAIL_DSN')
  return dsn ? smtpTransport(dsn) : fileTransport()
}

export function smtpTransport(dsn: string): MailTransport {
  const settings = smtpSettings(dsn)
  return {
    async send({ message }) {
      // With the first mail: the package takes as long to load as a small command takes in all.
      const { SMTPTransport } = await import('@adonisjs/mail/transports/smtp')
      const smtp = new SMTPTransport(settings)
      try {
        await smtp.send(message)
      } finally {
        await smtp.close()
      }
    },
  }
}
