import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { selectRows } from '#app/core/insert_rows'
import { foldName } from '#app/patients/names/fold_name'
import { nameSound } from '#app/patients/names/name_sound'
import { nameSpans, type NameSpan } from '#app/patients/names/name_tokens'
import type Patient from '#app/patients/patient'
import { indexed } from '#app/patients/patient_columns'

type PatientQuery = ReturnType<typeof Patient.visibleTo>

/** One range of an index of `patient_names`: those whose token sounds like a span, or those whose token begins with it. */
export interface NameRange {
  by: 'sound' | 'token'
  /** Its two ends, one binding each; a sound has but one. */
  ends: string[]
  sql: string
  bindings: string[]
  isEmpty?: boolean
}

/** A word that is asked for: who has a row in any of the ranges bears it. */
export interface NameWord {
  ranges: NameRange[]
}

/** How many bear a word, as far as it is worth knowing. */
export interface Bearers {
  word: NameWord
  areMany: boolean
  /** Whether many bear a longer word that begins with it: how many, nobody knows. */
  beginsMany: boolean
  /** The id of the patient who is the `MANY`th to sound so: the higher, the rarer; 0 where fewer do. */
  among: number
}

/** So few rows are all read and sorted; of more, the first are read in the order of an index (name_walk.ts). */
export const MANY = 200
const WORDS_COUNTED = 3
const NOBODY = 0

// The last code point: `>= word` and `< word + it` is a prefix search that an index serves, in every script.
const AFTER_ALL = '\u{10ffff}'

/**
 * The words of a search, the longest first. Spans that begin or sound like a token of the name must cover every word:
 * `Abdel Kader` finds Abdelkader by its joined span.
 */
export function wordsAskedFor(name: string): NameWord[] {
  const spans = nameSpans(name)
  const words = foldName(name).split(' ')
  const covered = spans.filter(({ from, to }) => from === to).map(({ from }) => from)
  const longestFirst = covered.sort((a, b) => words[b]!.length - words[a]!.length)
  return longestFirst.map((word) => ({ ranges: rangesOf(spans.filter(({ from, to }) => from <= word && word <= to)) }))
}

/** First all sounds, then what begins with the span: a token that is the span itself is found by its sound. */
function rangesOf(spans: NameSpan[]): NameRange[] {
  const found = spans.map(({ text }) => ({
    token: indexed(text),
    sound: indexed(text) === text ? nameSound(text) : '',
  }))
  const sounds = found.filter(({ sound }) => sound)
  // What begins with `ouldahmed` begins with `ould`.
  const shortest = found.filter(
    ({ token }) => !found.some((other) => token !== other.token && token.startsWith(other.token))
  )
  return [
    ...sounds.map(({ sound }) => rangeOf('sound', ['sound = ?'], [sound])),
    ...shortest.map(({ token, sound }) =>
      rangeOf('token', [sound ? 'token > ?' : 'token >= ?', 'token < ?'], [token, token + AFTER_ALL])
    ),
  ]
}

function rangeOf(by: NameRange['by'], ends: string[], bindings: string[]): NameRange {
  return { by, ends, sql: ends.join(' and '), bindings }
}

/*
 * MariaDB would read all words of the patient by the primary key; by this index it reads those alone that sound so, mostly
 * none. To SQLite, which does so by itself, it is a comment.
 */
const BY_SOUND = '/*! use index (patient_names_sound_patient_id_index) */'

/** Whether the patient whose id is the column `id` bears a word. A scalar: no planner makes it the table to begin with. */
export function bears({ ranges }: NameWord, id: string): { sql: string; bindings: string[] } {
  const borne = ranges.filter(({ isEmpty }) => !isEmpty)
  const either = borne.map(({ by, sql }) => {
    const table = by === 'sound' ? `patient_names ${BY_SOUND}` : 'patient_names'
    return `(select 1 from ${table} where patient_id = ${id} and ${sql} limit 1) is not null`
  })
  return { sql: `(${either.join(' or ') || '1 = 0'})`, bindings: borne.flatMap(({ bindings }) => bindings) }
}

/** Reads at most `MANY` rows and one of each range of the longest words. Many are taken to bear the others. */
export async function countBearers(words: NameWord[], client: QueryClientContract): Promise<Bearers[]> {
  const ranges = words.slice(0, WORDS_COUNTED).flatMap((word) => word.ranges)
  if (!ranges.length) return []
  const counts = ranges.map(({ by, sql }, n) => {
    const order = by === 'sound' ? 'patient_id' : 'token, patient_id'
    const one = `select patient_id from patient_names where ${sql}`
    return `(${one} limit 1) as first${n}, (${one} order by ${order} limit 1 offset ${MANY}) as nth${n}`
  })
  const bindings = ranges.flatMap((range) => [...range.bindings, ...range.bindings])
  const [row] = await selectRows<Record<string, unknown>>(client, `select ${counts.join(', ')}`, bindings)
  const nth = new Map(ranges.map((range, n) => [range, Number(row![`nth${n}`] ?? 0)]))
  const empty = new Set(ranges.filter((_, n) => row![`first${n}`] === null))
  return words.map((word) => {
    const many = word.ranges.filter((range) => nth.get(range) !== 0)
    const sounds = many.flatMap((range) => (range.by === 'sound' ? [nth.get(range) ?? 0] : []))
    return {
      word: { ranges: word.ranges.map((range) => ({ ...range, isEmpty: empty.has(range) })) },
      areMany: many.length > 0,
      beginsMany: many.length > sounds.length,
      among: sounds.length ? Math.min(...sounds) : 0,
    }
  })
}

/** Keeps the patients who bear every word. The ranges of the driver are united, the others looked up for each it found. */
export function filterByWords(query: PatientQuery, words: NameWord[], driver?: NameWord) {
  const united = driver?.ranges.filter(({ isEmpty }) => !isEmpty) ?? []
  if (!words.length || words.some(({ ranges }) => ranges.every(({ isEmpty }) => isEmpty))) {
    void query.where('patients.id', NOBODY)
    return
  }
  if (united.length) {
    const union = united.map(({ sql }) => `select patient_id from patient_names where ${sql}`).join(' union ')
    const bindings = united.flatMap((range) => range.bindings)
    void query.joinRaw(`join (${union}) as named on named.patient_id = patients.id`, bindings)
  }
  for (const word of words) {
    if (word === driver) continue
    const { sql, bindings } = bears(word, 'patients.id')
    void query.whereRaw(sql, bindings)
  }
}
