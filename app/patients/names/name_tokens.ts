import { foldName } from '#app/patients/names/fold_name'

/** One or more neighbouring words of a name written as one: `text` covers the words `from` … `to` (both included). */
export interface NameSpan {
  text: string
  from: number
  to: number
}

const MOST_TOKENS = 8

/**
 * The tokens under which one field of a name (family name or given names, not both in one) is indexed: each word, then
 * its neighbours written together, and what follows an apostrophe. People write Ben Ali and Benali, Abd el Kader and
 * Abdelkader, and search D'Almeida by Almeida.
 *
 *     Aït Ahmed     → ait, ahmed, aitahmed
 *     Abd el Kader  → abd, el, kader, abdel, elkader, abdelkader
 *     N'Diaye       → ndiaye, diaye
 *
 * @returns distinct folded tokens, at most 8, words first
 */
export function nameTokens(text: string): string[] {
  const tokens = new Set(nameSpans(text).map((span) => span.text))
  for (const tail of tailsAfterApostrophe(text)) {
    if (tokens.size < MOST_TOKENS) tokens.add(tail)
  }
  return [...tokens]
}

/**
 * The words of a search and their joined forms, with what each covers. A name matches when spans that match one of its
 * tokens cover every word of the search (of its first 8): `Abdel Kader` finds Abdelkader by its one joined span.
 *
 * @returns at most 8 spans, single words first, then runs of two, three …
 */
export function nameSpans(text: string): NameSpan[] {
  const folded = foldName(text)
  if (folded === '') return []
  const words = folded.split(' ', MOST_TOKENS)
  const spans: NameSpan[] = []
  for (let length = 1; length <= words.length; length++) {
    for (let from = 0; from + length <= words.length; from++) {
      if (spans.length === MOST_TOKENS) return spans
      spans.push({ text: words.slice(from, from + length).join(''), from, to: from + length - 1 })
    }
  }
  return spans
}

const SHORTEST_TAIL = 3

function tailsAfterApostrophe(text: string): string[] {
  return [...text.matchAll(/\p{L}['’ʼ](\p{L}[\p{L}\p{M}]+)/gu)]
    .map(([, tail]) => foldName(tail ?? ''))
    .filter((tail) => tail.length >= SHORTEST_TAIL)
}
