import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { selectRows } from '#app/core/insert_rows'
import { isUuid } from '#app/core/ids'
import type { Page } from '#app/core/keyset'
import { Invalid } from '#app/core/problem'
import { bears, MANY, type Bearers, type NameRange, type NameWord } from '#app/patients/name_search'
import { isNotTyped, readTyped, type TypedRange } from '#app/patients/typed_names'

/*
 * Of the fifteen thousand Traorés of a million patients a page shows 25. To sort all who bear or sound like the name,
 * all would have to be read; so the first are read in the order of an index:
 *
 *   1. those whose name in full begins with what was typed, family name first or not, by name (typed_names.ts);
 *   2. those who bear the rarest word, or one that sounds like it, as they were registered;
 *   3. those of whom a word begins with it.
 *
 * Where several words are asked for and many bear each, those who bear all of them lie far apart. A page then ends at
 * some two thousand bearers of the rarest word, be it full or not, and its cursor goes on from there; earlier where each
 * of them costs more than one row, since all words of a patient are read to find the beginning of one.
 */
const REACH = 12 * MANY
const REACH_AMONG_BEGINNINGS = 4 * MANY
const REACH_BY_TOKEN = 500
const REACH_AFTER_SOUNDS = 200

/** Where a page ended: the word that led (none: what was typed), its range, and the last row that was looked at. */
interface Position {
  word: number
  range: number
  token: string
  uuid: string | null
}

interface Found {
  id: number
  token: string
}

interface Walk {
  typed: TypedRange[]
  bearers: Bearers[]
  client: QueryClientContract
}

const LIST = 'search walk'
const TYPED = -1

/** The position in a cursor that this walk gave, null for any other. Errors: Invalid for one that was altered. */
export function walkPosition(cursor: string | undefined, words: NameWord[], typed: TypedRange[]): Position | null {
  let parts: unknown
  try {
    parts = JSON.parse(Buffer.from(cursor ?? '', 'base64url').toString())
  } catch {
    return null
  }
  if (!Array.isArray(parts) || parts[0] !== LIST) return null
  const [, word, range, token, uuid] = parts as unknown[]
  const ranges = word === TYPED ? typed : words[Number(word)]?.ranges
  const isRange = ranges?.[Number(range)] !== undefined
  if (isRange && typeof token === 'string' && (uuid === null || isUuid(String(uuid))))
    return { word: Number(word), range: Number(range), token, uuid: uuid as string | null }
  throw new Invalid([{ pointer: '/cursor', code: 'cursor' }])
}

/** The ids of one page of those who bear every word, for words that many bear. */
export async function walkNames(walk: Walk, start: Position | null, limit: number): Promise<Page<number>> {
  const leader = start && start.word !== TYPED ? start.word : leading(walk)
  const steps = [
    ...walk.typed.map((_, range) => ({ word: TYPED, range })),
    ...walk.bearers[leader]!.word.ranges.flatMap(({ isEmpty }, range) => (isEmpty ? [] : [{ word: leader, range }])),
  ]
  const found: number[] = []
  for (const step of steps.slice(start ? steps.findIndex((each) => isAt(each, start)) : 0)) {
    const wanted = limit + 1 - found.length
    const from = start?.uuid && isAt(step, start) ? await standingAt(start, walk.client) : null
    const { rows, end } = await readStep(walk, step, { from, wanted, isFirst: start === null })
    const shown = rows.slice(0, wanted - 1)
    found.push(...shown.map(({ id }) => id))
    const isFull = rows.length === wanted
    if (isFull || end) return { rows: found, nextCursor: await cursorAt(walk, step, isFull ? shown.at(-1) : end) }
  }
  return { rows: found, nextCursor: null }
}

interface Step {
  word: number
  range: number
}

function isAt(step: Step, { word, range }: Step) {
  return step.word === word && step.range === range
}

async function readStep(walk: Walk, step: Step, part: { from: Found | null; wanted: number; isFirst: boolean }) {
  const { from, wanted } = part
  if (step.word === TYPED) {
    return { rows: await readTyped(walk.typed, step.range, from?.id ?? null, wanted, walk.client), end: null }
  }
  // Whoever bears the only word is on the page, as long as few of them were shown by what was typed.
  const isShort = walk.bearers.length === 1 && part.isFirst
  const end = isShort ? null : await endOfReach(walk, step, from)
  return { rows: await readRange(walk, { ...step, from, end, wanted }), end }
}

/** The word whose first bearers are the farthest apart is the rarest; one that begins many names may be anything. */
function leading({ bearers }: Walk): number {
  const [rarest] = bearers.toSorted((a, b) => Number(a.beginsMany) - Number(b.beginsMany) || b.among - a.among)
  return bearers.indexOf(rarest!)
}

/** The last row that this page may look at, null for no such bound. */
async function endOfReach({ bearers, client }: Walk, { word, range }: Step, from: Found | null): Promise<Found | null> {
  const { word: leader, among } = bearers[word]!
  const { by } = leader.ranges[range]!
  if (by === 'token') return endByToken(leader, range, from, client)
  if (!among) return null
  const begin = bearers.some((other, n) => n !== word && other.word.ranges.some(isBeginning))
  const reach = (from?.id ?? 0) + (among * (begin ? REACH_AMONG_BEGINNINGS : REACH)) / MANY
  const [row] = await selectRows<{ id: number }>(client, 'select id from patients where id >= ? order by id limit 1', [
    Math.ceil(reach),
  ])
  return row ? { token: '', id: Number(row.id) } : null
}

const isBeginning = ({ by, isEmpty }: NameRange) => by === 'token' && !isEmpty

async function endByToken({ ranges }: NameWord, range: number, from: Found | null, client: QueryClientContract) {
  const { sql, bindings } = between(ranges[range]!, from, null)
  const reach = from || ranges.slice(0, range).every(({ isEmpty }) => isEmpty) ? REACH_BY_TOKEN : REACH_AFTER_SOUNDS
  const [row] = await selectRows<Found>(
    client,
    `select n.token, n.patient_id as id from patient_names as n where ${sql} order by n.token, n.patient_id limit 1 offset ${reach}`,
    bindings
  )
  return row ? { token: row.token, id: Number(row.id) } : null
}

interface Part extends Step {
  from: Found | null
  end: Found | null
  wanted: number
}

/** The conditions that read other rows come last, the ones that fail most often first. */
async function readRange({ bearers, typed, client }: Walk, { word, range, from, end, wanted }: Part): Promise<Found[]> {
  const { ranges } = bearers[word]!.word
  const walked = ranges[range]!
  const conditions = [
    between(walked, from, end),
    ...bearers.filter((_, n) => n !== word).map((other) => bears(other.word, 'n.patient_id')),
    isFirstOf(walked),
    ...(range ? [not(bears({ ranges: ranges.slice(0, range) }, 'n.patient_id'))] : []),
    isNotTyped(typed, 'n.patient_id'),
  ]
  const order = walked.by === 'sound' ? 'n.patient_id' : 'n.token, n.patient_id'
  const rows = await selectRows<Found>(
    client,
    `select n.token, n.patient_id as id from patient_names as n where ${conditions.map(({ sql }) => sql).join(' and ')} order by ${order} limit ${wanted}`,
    conditions.flatMap(({ bindings }) => bindings)
  )
  return rows.map(({ id, token }) => ({ id: Number(id), token }))
}

interface Condition {
  sql: string
  bindings: (string | number)[]
}

function not({ sql, bindings }: Condition): Condition {
  return { sql: `not ${sql}`, bindings }
}

/** Who has two words in one range is found once, by the first of them. */
function isFirstOf({ sql, bindings }: NameRange): Condition {
  const earlier = `select 1 from patient_names where patient_id = n.patient_id and token < n.token and ${sql} limit 1`
  return { sql: `(${earlier}) is null`, bindings }
}

/*
 * The rows of a range after `from` and up to `end`, in the order of token and patient. SQLite finds its place in the
 * index by the row value, MariaDB by the longer form, which says the same; no other end may stand beside it, or SQLite
 * takes that one.
 */
function between({ by, ends, bindings }: NameRange, from: Found | null, end: Found | null): Condition {
  const [low, high] = ends.map((sql, n) => ({ sql: `n.${sql}`, bindings: [bindings[n]!] }))
  const place = by === 'sound' ? placeOfPatient : placeOfToken
  const both = [
    ...(from && by === 'token' ? [] : [low!]),
    ...(from ? [place('>', '>', from)] : []),
    ...(end ? [place('<', '<=', end)] : []),
    ...(high && !end ? [high] : []),
  ]
  return { sql: both.map(({ sql }) => sql).join(' and '), bindings: both.flatMap((each) => each.bindings) }
}

function placeOfPatient(_past: string, orAt: string, { id }: Found): Condition {
  return { sql: `n.patient_id ${orAt} ?`, bindings: [id] }
}

function placeOfToken(past: string, orAt: string, { token, id }: Found): Condition {
  return {
    sql: `(n.token, n.patient_id) ${orAt} (?, ?) and (n.token ${past} ? or (n.token = ? and n.patient_id ${orAt} ?))`,
    bindings: [token, id, token, token, id],
  }
}

async function standingAt({ token, uuid }: Position, client: QueryClientContract): Promise<Found> {
  const [row] = await selectRows<{ id: number }>(client, 'select id from patients where uuid = ?', [uuid])
  if (!row) throw new Invalid([{ pointer: '/cursor', code: 'cursor' }])
  return { token, id: Number(row.id) }
}

async function cursorAt({ client }: Walk, { word, range }: Step, at?: Found | null): Promise<string> {
  const [row] = at
    ? await selectRows<{ uuid: string }>(client, 'select uuid from patients where id = ?', [at.id])
    : [{ uuid: null }]
  const position = [LIST, word, range, at?.token ?? '', row!.uuid]
  return Buffer.from(JSON.stringify(position)).toString('base64url')
}
