import db from '@adonisjs/lucid/services/db'
import type { NodeMailerMessage } from '@adonisjs/mail/types'
import { makeLink } from '#app/accounts/account_link'
import { now } from '#app/core/clock'
import { sender } from '#app/mails/app_address'
import { composeMail } from '#app/mails/compose_mail'
import type Mail from '#app/mails/mail'
import { MAIL_KINDS, type MailKind } from '#app/mails/mail_kinds'
import { holdMail } from '#app/mails/mail_queue'
import { languageOf } from '#app/mails/mail_texts'
import type { OutgoingMail } from '#app/mails/mail_transport'
import User from '#app/users/user'
import { readConnection } from '#config/database'

/** A link would open what is closed; other mails still go out. */
export class AccountIsClosed extends Error {}
/** Its link was ended before it was made. */
export class MailRecalled extends Error {}

/** Makes a mail of the queue ready to leave, with a new link where its kind has one. Errors: AccountIsClosed, MailRecalled. */
export async function prepareMail(mail: Mail): Promise<OutgoingMail> {
  const kind = mail.kind as MailKind
  const user = mail.userId === null ? null : await personOf(mail.userId)
  const recipient = mail.recipient!
  const link = await newLink(mail, kind, user)
  const content = { kind, language: languageOf(mail.language), name: nameFor(user, recipient), link }
  const { subject, text, html } = await composeMail(content)
  return { uuid: mail.uuid, recipient, message: { ...headersOf(mail, recipient), subject, text, html } }
}

const personOf = (id: number) => User.query({ connection: readConnection }).where('id', id).preload('roles').first()

async function newLink(mail: Mail, kind: MailKind, user: User | null) {
  const purpose = MAIL_KINDS[kind].link
  if (!purpose) return null
  if (user?.isDisabled) throw new AccountIsClosed()
  const { userId, recipient, language } = mail
  return db.transaction(async (trx) => {
    if (!(await holdMail(mail, trx))) throw new MailRecalled()
    return makeLink({ purpose, userId, email: recipient!, language }, trx)
  })
}

/**
 * Staff are greeted by name, at their own address alone: another one may be somebody else's. A patient's name never
 * stands in a mail, so that nobody learns from a mailbox who is treated here.
 */
function nameFor(user: User | null, recipient: string): string | null {
  const isStaff = user?.roles.some(({ name }) => name !== 'patient') ?? false
  return isStaff && user?.email === recipient ? user.name : null
}

function headersOf({ uuid, attempts }: Mail, recipient: string): NodeMailerMessage & { date: Date } {
  const from = sender()
  return {
    from,
    // As an object: in a text a comma would make two addresses of one.
    to: [{ address: recipient, name: '' }],
    date: now(),
    // Each attempt has its own: a server that takes the second for a copy would keep the one whose link is over.
    messageId: `<${uuid}.${attempts}@${from.address.split('@')[1]}>`,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
  }
}
