import { readFileSync } from 'node:fs'

type Texts = { [key: string]: string | Texts }
export type TextLanguage = 'fr' | 'en'

const files = new Map<string, Texts>()

/**
 * The text at `key` of resources/lang/<language>/<file>.json, its `{names}` filled in; undefined where there is none. For
 * what has no reader's request: commands and jobs, which load no i18n service.
 */
export function findText(
  file: string,
  key: string,
  values: Record<string, unknown>,
  language: TextLanguage
): string | undefined {
  const path = `${language}/${file}`
  let texts = files.get(path)
  if (!texts) {
    texts = JSON.parse(readFileSync(new URL(`../../resources/lang/${path}.json`, import.meta.url), 'utf8')) as Texts
    files.set(path, texts)
  }
  const found = texts[key] ?? key.split('.').reduce<string | Texts | undefined>(inside, texts)
  if (typeof found !== 'string') return undefined
  return found.replace(/\{(\w+)\}/g, (unfilled, name: string) =>
    name in values ? written(values[name], language) : unfilled
  )
}

function inside(texts: string | Texts | undefined, name: string) {
  return typeof texts === 'object' ? texts[name] : undefined
}

function written(value: unknown, language: TextLanguage): string {
  if (typeof value === 'number' && language === 'fr') return String(value).replace('.', ',')
  return Array.isArray(value) ? value.join(', ') : String(value ?? '')
}
