import { findText as findTextIn } from '#app/core/find_text'
import { languageOfShell, type Language } from '#app/setup/shell_environment'

export const language: Language = languageOfShell()

/** The text at `key` of resources/lang/<language>/<file>.json, its `{names}` filled in; undefined where there is none. */
export function findText(file: string, key: string, values: Record<string, unknown> = {}, of = language) {
  return findTextIn(file, key, values, of)
}

/** A text of the command line. Errors: a missing one is a bug. */
export function text(key: string, values?: Record<string, unknown>): string {
  const found = findText('cli', key, values)
  if (found === undefined) throw new Error(`no text ${key}`)
  return found
}
