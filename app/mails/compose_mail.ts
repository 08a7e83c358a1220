import { LINK_LIVES, type LinkPurpose } from '#app/accounts/account_link'
import { linkAddress, sender } from '#app/mails/app_address'
import { MAIL_KINDS, type MailKind } from '#app/mails/mail_kinds'
import { filledIn, mailTexts, type MailLanguage } from '#app/mails/mail_texts'
import { renderMail } from '#app/mails/render_mail'

export interface MailContent {
  kind: MailKind
  language: MailLanguage
  /** How the recipient is greeted; null where a mail must not tell who has this address. */
  name: string | null
  /** The value of the link; null for a kind that has none. */
  link: string | null
}

export interface ComposedMail {
  subject: string
  text: string
  html: string
}

/** A mail as it is read, in both forms. */
export async function composeMail({ kind, language, name, link }: MailContent): Promise<ComposedMail> {
  const { layout, kinds } = mailTexts(language)
  const texts = kinds[kind]
  const purpose = MAIL_KINDS[kind].link
  const values = { app: oneLine(sender().name), name: oneLine(name ?? '') }
  const fill = (text: string) => filledIn(text, values)
  const subject = fill(texts.subject)
  const parts = {
    language,
    subject,
    app: values.app,
    greeting: fill(name ? layout.greeting_name : layout.greeting),
    paragraphs: fill(texts.text).split('\n'),
    link: purpose && link ? linkParts({ purpose, link, language, button: texts.button ?? '' }) : null,
    notYou: fill(texts.not_you),
    footer: fill(layout.footer),
  }
  return { subject, ...(await renderMail(parts)) }
}

interface LinkToShow {
  purpose: LinkPurpose
  link: string
  language: MailLanguage
  button: string
}

function linkParts({ purpose, link, language, button }: LinkToShow) {
  const { expiry, copy } = mailTexts(language).layout
  return {
    button,
    copy,
    address: linkAddress(purpose, link),
    expiry: filledIn(expiry, { life: lifeOf(purpose, language) }),
  }
}

const HOUR = 3_600_000

/** "24 heures", "7 jours". */
function lifeOf(purpose: LinkPurpose, language: MailLanguage): string {
  const hours = LINK_LIVES[purpose] / HOUR
  const [amount, unit] = hours > 24 ? [hours / 24, 'day'] : [hours, 'hour']
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(amount)
}

/** A line break in a name would begin another header, or another line of what we say. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()
}
