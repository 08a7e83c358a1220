import { readFileSync } from 'node:fs'

export type AppLanguage = 'fr' | 'en'

const read = new Map<string, Record<string, string>>()

/** What the app says, by its key: 'lock.prepare.action'. Errors: where there is no such text. */
export function said(key: string, language: AppLanguage = 'fr'): string {
  const [area = ''] = key.split('.')
  const file = `resources/pwa/texts/${language}/${area}.json`
  if (!read.has(file)) read.set(file, JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>)
  const text = read.get(file)![key.slice(area.length + 1)]
  if (text === undefined) throw new Error(`No text ${key} in ${language}`)
  return text
}

/** The words before the first value of a text: 'Brouillon du {when}' begins with 'Brouillon du'. */
export const beginningOf = (key: string, language: AppLanguage = 'fr') => said(key, language).split('{')[0]!.trim()
