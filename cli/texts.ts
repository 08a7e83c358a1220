import { readFileSync } from 'node:fs'
import { languageOfShell, type Language } from '#app/setup/shell_environment'

type Texts = { [key: string]: string | Texts }
type Values = Record<string, unknown>

export const language: Language = languageOfShell()

const files = new Map<string, Texts>()

/** The text at `key` of resources/lang/<language>/<file>.json, its `{names}` filled in; undefined where there is none. */
export function findText(file: string, key: string, values: Values = {}, of = language): string | undefined {
  const path = `${of}/${file}`
  let texts = files.get(path)
  if (!texts) {
    texts = JSON.parse(readFileSync(new URL(`../resources/lang/${path}.json`, import.meta.url), 'utf8')) as Texts
    files.set(path, texts)
  }
  const found = texts[key] ?? key.split('.').reduce<string | Texts | undefined>(inside, texts)
  if (typeof found !== 'string') return undefined
  return found.replace(/\{(\w+)\}/g, (unfilled, name: string) => (name in values ? written(values[name]) : unfilled))
}

/** A text of the command line. Errors: a missing one is a bug. */
export function text(key: string, values?: Values): string {
  const found = findText('cli', key, values)
  if (found === undefined) throw new Error(`no text ${key}`)
  return found
}

function inside(texts: string | Texts | undefined, name: string) {
  return typeof texts === 'object' ? texts[name] : undefined
}

function written(value: unknown): string {
  if (typeof value === 'number' && language === 'fr') return String(value).replace('.', ',')
  return Array.isArray(value) ? value.join(', ') : String(value ?? '')
}
