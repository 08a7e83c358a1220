import { foldName } from '#app/patients/names/fold_name'
import { nameSound } from '#app/patients/names/name_sound'
import { nameSpans, type NameSpan } from '#app/patients/names/name_tokens'
import type Patient from '#app/patients/patient'
import { indexed } from '#app/patients/patient_columns'

type PatientQuery = ReturnType<typeof Patient.visibleTo>

// The last code point: `>= word` and `< word + it` is a prefix search that an index serves, in every script.
const AFTER_ALL = '\u{10ffff}'

/**
 * Keeps the patients of whom spans that begin or sound like a token of the name cover every word asked for: `Abdel
 * Kader` finds Abdelkader by its joined span. The longest word drives: the index ranges of the spans that cover it are
 * united; the other words are looked up in the few rows of each patient that it found.
 */
export function filterByName(query: PatientQuery, name: string) {
  const spans = nameSpans(name)
  const [driver, ...others] = wordsOf(name, spans)
  if (driver === undefined) {
    void query.whereRaw('1 = 0')
    return
  }
  const ranges = coveringOf(driver, spans).flatMap(rangesOf)
  const united = ranges.map(({ sql }) => `select patient_id from patient_names where ${sql}`).join(' union ')
  void query.joinRaw(
    `join (${united}) as named on named.patient_id = patients.id`,
    ranges.flatMap(({ bindings }) => bindings)
  )
  for (const word of others) {
    const either = coveringOf(word, spans).flatMap(rangesOf)
    void query.whereRaw(
      `exists (select 1 from patient_names where patient_id = patients.id and (${either.map(({ sql }) => sql).join(' or ')}))`,
      either.flatMap(({ bindings }) => bindings)
    )
  }
}

/** Positions of the words, the longest first: it is the rarest most often. */
function wordsOf(name: string, spans: NameSpan[]): number[] {
  const words = foldName(name).split(' ')
  const covered = spans.filter(({ from, to }) => from === to).map(({ from }) => from)
  return covered.sort((a, b) => words[b]!.length - words[a]!.length)
}

function coveringOf(word: number, spans: NameSpan[]): NameSpan[] {
  return spans.filter(({ from, to }) => from <= word && word <= to)
}

function rangesOf({ text }: NameSpan): { sql: string; bindings: string[] }[] {
  const token = indexed(text)
  const sound = nameSound(text)
  const begins = { sql: '(token >= ? and token < ?)', bindings: [token, token + AFTER_ALL] }
  return sound ? [begins, { sql: 'sound = ?', bindings: [sound] }] : [begins]
}
