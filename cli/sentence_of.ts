import { findText } from '#cli/texts'

const UNFILLED = /\{\w+\}/

/** Why a row was not taken, in a sentence; the bare code where there is none, or where its parts are not known any more. */
export function sentenceOf(code: string, params: Record<string, unknown> = {}): string {
  const sentence =
    findText('imports', `codes.${code}`, params) ??
    findText('validation', code, params) ??
    findText('problems', `${code}.detail`, params) ??
    findText('problems', `${code}.title`, params)
  return sentence && !UNFILLED.test(sentence) ? sentence : code
}
