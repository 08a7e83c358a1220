import { readFileSync } from 'node:fs'
import app from '@adonisjs/core/services/app'
import type { MailKind } from '#app/mails/mail_kinds'

export type MailLanguage = 'fr' | 'en'

interface KindTexts {
  subject: string
  /** Paragraphs, one a line. */
  text: string
  not_you: string
  button?: string
}

interface MailTexts {
  layout: Record<'greeting' | 'greeting_name' | 'expiry' | 'copy' | 'footer', string>
  kinds: Record<MailKind, KindTexts>
}

const read = new Map<MailLanguage, MailTexts>()

/** Whoever is written to in a language that we do not have is written to in French. */
export function languageOf(text: string): MailLanguage {
  return text === 'en' ? 'en' : 'fr'
}

/** Not by the i18n service, which a command does not load. */
export function mailTexts(language: MailLanguage): MailTexts {
  const known = read.get(language)
  if (known) return known
  const file = readFileSync(app.makePath(`resources/lang/${language}/mails.json`), 'utf8')
  const texts = JSON.parse(file, language === 'fr' ? unbroken : undefined) as MailTexts
  read.set(language, texts)
  return texts
}

/** French has a space before these signs, and no line begins with one. A subject is shown on one line. */
function unbroken(key: string, value: unknown) {
  return typeof value === 'string' && key !== 'subject' ? value.replace(/ (?=[:;?!»])/g, '\u00a0') : value
}

/** Errors: a name that nobody fills is a bug. */
export function filledIn(text: string, values: Record<string, string>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`nothing fills {${name}} of a mail`)
    return value
  })
}
