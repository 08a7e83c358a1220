import { findText, type TextLanguage } from '#app/core/find_text'

const UNFILLED = /\{\w+\s*[,}]/

/** Why a row was not taken, in a sentence; the bare code where there is none, or where its parts are not known any more. */
export function rowSentence(code: string, params: Record<string, unknown>, language: TextLanguage): string {
  const find = (file: string, key: string) => findText(file, key, params, language)
  const sentence =
    find('imports', `codes.${code}`) ??
    find('validation', code) ??
    find('problems', `${code}.detail`) ??
    find('problems', `${code}.title`)
  return sentence && !UNFILLED.test(sentence) ? sentence : code
}
