import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { IntlMessageFormat } from 'intl-messageformat'

type Texts = { [key: string]: string | Texts }
type Values = Record<string, unknown>
export type TextLanguage = 'fr' | 'en'

const BRANCHES = /,\s*(?:plural|select|selectordinal)\s*,/
const files = new Map<string, Texts>()
const formats = new Map<string, IntlMessageFormat>()
const load = createRequire(import.meta.url)

/**
 * The text at `key` of resources/lang/<language>/<file>.json, its `{names}` filled in and its plurals chosen; undefined
 * where there is none. A name that has no value stays as it is written. For what has no reader's request: commands and
 * jobs, which load no i18n service.
 */
export function findText(file: string, key: string, values: Values, language: TextLanguage): string | undefined {
  const path = `${language}/${file}`
  let texts = files.get(path)
  if (!texts) {
    texts = JSON.parse(readFileSync(new URL(`../../resources/lang/${path}.json`, import.meta.url), 'utf8')) as Texts
    files.set(path, texts)
  }
  const found = texts[key] ?? key.split('.').reduce<string | Texts | undefined>(inside, texts)
  if (typeof found !== 'string') return undefined
  return BRANCHES.test(found) ? chosen(found, values, language) : filled(found, values, language)
}

function filled(found: string, values: Values, language: TextLanguage): string {
  return found.replace(/\{(\w+)\}/g, (unfilled, name: string) =>
    name in values ? written(values[name], language) : unfilled
  )
}

/** By ICU's rules. A number stays one, as it is what a plural is chosen by. */
function chosen(found: string, values: Values, language: TextLanguage): string {
  const told = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'number' ? value : written(value, language),
  ])
  try {
    return String(formatOf(found, language).format(Object.fromEntries(told)))
  } catch (error) {
    if ((error as { code?: string }).code === 'MISSING_VALUE') return found
    throw error
  }
}

function formatOf(found: string, language: TextLanguage): IntlMessageFormat {
  const key = `${language}/${found}`
  let format = formats.get(key)
  if (!format) {
    // Loaded with the first plural: it takes 18 ms, and most commands have none.
    const icu = load('intl-messageformat') as typeof import('intl-messageformat')
    format = new icu.IntlMessageFormat(found, language, undefined, { ignoreTag: true })
    formats.set(key, format)
  }
  return format
}

function inside(texts: string | Texts | undefined, name: string) {
  return typeof texts === 'object' ? texts[name] : undefined
}

function written(value: unknown, language: TextLanguage): string {
  if (typeof value === 'number' && language === 'fr') return String(value).replace('.', ',')
  return Array.isArray(value) ? value.join(', ') : String(value ?? '')
}
