import { rowSentence } from '#app/imports/row_sentence'
import { language } from '#cli/texts'

/** Why a row was not taken, in the operator's language. */
export function sentenceOf(code: string, params: Record<string, unknown> = {}): string {
  return rowSentence(code, params, language)
}
