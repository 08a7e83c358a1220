import { mkdir, open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { NodeMailerMessage, SMTPConfig } from '@adonisjs/mail/types'
import { now } from '#app/core/clock'
import type { MailTransport } from '#app/mails/mail_transport'
import { NOTHING_OF_THE_MACHINE } from '#app/mails/smtp_settings'
import { mailsFolder } from '#start/env'

/** Writes each mail as a file that its owner alone may read, since it may hold a link that opens an account. */
export function fileTransport(): MailTransport {
  return {
    async send({ uuid, message }) {
      const folder = mailsFolder()
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const instant = now().toISOString().replace(/[-:.]/g, '')
      await writeWhole(folder, `${instant}-${uuid}.eml`, await asText(message))
    },
  }
}

/** Under another name first, so that nobody reads half a mail. */
async function writeWhole(folder: string, name: string, content: Buffer) {
  const unfinished = join(folder, `.${name}.${process.pid}`)
  const file = await open(unfinished, 'w', 0o600)
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(unfinished, join(folder, name))
}

/** The mail as it would leave by SMTP. */
async function asText(message: NodeMailerMessage): Promise<Buffer> {
  const { SMTPTransport } = await import('@adonisjs/mail/transports/smtp')
  // nodemailer, below it, takes this for its stream transport, which the adapter has no name for.
  const intoMemory = { streamTransport: true, buffer: true, newline: 'windows', ...NOTHING_OF_THE_MACHINE }
  const { original } = await new SMTPTransport(intoMemory as unknown as SMTPConfig).send(message)
  return (original as unknown as { message: Buffer }).message
}
