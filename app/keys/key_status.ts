import vine from '@vinejs/vine'
import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { OPERATOR } from '#app/core/actor'
import type { Caller } from '#app/core/caller'
import { fromSqlInstant, now } from '#app/core/clock'
import { selectRows } from '#app/core/insert_rows'
import { readCase } from '#app/core/read_case'
import type Job from '#app/jobs/job'
import { unfinishedRotations } from '#app/jobs/unfinished_jobs'
import { INDEX_PURPOSE } from '#app/keys/index_versions'
import { kekRows } from '#app/keys/kek_rows'
import KeyPolicy from '#app/keys/key_policy'
import { KeyProviderUnavailable, type KekFacts } from '#app/keys/key_provider'
import { keyring } from '#app/keys/keyring_service'
import { readConnection } from '#config/database'

const DAY_MS = 24 * 3_600_000
/** A key of this age should be changed. */
const DUE_AFTER_DAYS = 365

export interface KeyFacts {
  kind: 'kek' | 'master' | 'root'
  name: string
  state: string
  /** Of the keys directly below it. */
  wraps: number | null
  wrappedBy: string | null
  /** In days; null where nobody knows. */
  age: number | null
  isDue: boolean
}

export interface KeyStatus {
  provider: { name: string; answers: boolean }
  keys: KeyFacts[]
  /** Data keys by their state. */
  dataKeys: Record<string, number>
  /** Those that wait, run, or failed and were not asked for again. */
  rotations: Job[]
}

/** What keys there are, how old they are and which rotations are open; nothing of the keys themselves. */
export const showKeyStatus = readCase({
  name: 'keys.status',
  input: vine.create({}),
  find: () => null,
  policy: [KeyPolicy, 'view'],
  run: ({ client }) => keyStatus(client),
})

/** How far the rotations are, to be asked again and again. */
export const watchRotations = readCase({
  name: 'keys.watch_rotations',
  input: vine.create({}),
  find: () => null,
  policy: [KeyPolicy, 'view'],
  run: ({ client }) => unfinishedRotations(client),
})

/**
 * As `showKeyStatus`, and without an entry in the audit where none can be signed: whoever runs the machine must learn from
 * it that the provider is silent. Like `doctor`, it tells nothing of a patient. Errors: those of `showKeyStatus`.
 */
export async function showKeyStatusAnyhow(caller: Caller): Promise<KeyStatus> {
  try {
    return await showKeyStatus(caller, {})
  } catch (error) {
    if (caller.user !== OPERATOR || !(error instanceof KeyProviderUnavailable)) throw error
    return keyStatus(db.connection(readConnection))
  }
}

async function keyStatus(client: QueryClientContract): Promise<KeyStatus> {
  const keks = await describeKeks()
  return {
    provider: { name: keyring().provider.name, answers: keks !== null },
    keys: [...(await kekFacts(keks, client)), ...(await masterFacts(client)), ...(await rootFacts(client))],
    dataKeys: await countBy('state', client),
    rotations: await unfinishedRotations(client),
  }
}

/** How many keys should be changed, without counting what each of them wraps; and whether the provider is silent. */
export async function countDueKeys(client: QueryClientContract): Promise<{ due: number; isSilent: boolean }> {
  const keks = await describeKeks()
  const rows = await selectRows<{ state: string; created_at: string }>(
    client,
    `select state, created_at from master_keys where state = 'active'
     union all select state, created_at from root_keys where state = 'active' and purpose = ?`,
    [INDEX_PURPOSE]
  )
  const ages = [
    ...rows.map(({ state, created_at }) => ({ state, age: daysSince(fromSqlInstant(created_at)) })),
    ...(keks ?? []).map(({ state, createdAt }) => ({ state, age: createdAt ? daysSince(new Date(createdAt)) : null })),
  ]
  return { due: ages.filter(({ state, age }) => isDue(state, age)).length, isSilent: keks === null }
}

/** Null where the provider does not answer: what the database knows is shown all the same. */
async function describeKeks(): Promise<KekFacts[] | null> {
  try {
    return await keyring().provider.describe()
  } catch (error) {
    if (error instanceof KeyProviderUnavailable) return null
    throw error
  }
}

/** Those of the provider, and those of another one that still wrap something. Which is which, a silent one does not say. */
async function kekFacts(known: KekFacts[] | null, client: QueryClientContract): Promise<KeyFacts[]> {
  const other = { state: known ? 'decrypt' : 'unknown', createdAt: null }
  const wraps = new Map(known?.map(({ uri }) => [uri, 0]))
  for (const { kekUri } of await kekRows(client)) wraps.set(kekUri, (wraps.get(kekUri) ?? 0) + 1)
  return [...wraps].map(([name, count]) => {
    const { state, createdAt } = known?.find(({ uri }) => uri === name) ?? other
    const age = createdAt ? daysSince(new Date(createdAt)) : null
    return { kind: 'kek', name, state, wraps: count, wrappedBy: null, age, isDue: isDue(state, age) }
  })
}

async function masterFacts(client: QueryClientContract): Promise<KeyFacts[]> {
  const counts = await countBy('master_key_id', client)
  const rows = await client.from('master_keys').orderBy('id')
  return rows.map(({ id, state, kek_uri: wrappedBy, created_at }) => {
    const age = daysSince(fromSqlInstant(created_at))
    const wraps = counts[id] ?? 0
    return { kind: 'master', name: String(id), state, wraps, wrappedBy, age, isDue: isDue(state, age) }
  })
}

async function rootFacts(client: QueryClientContract): Promise<KeyFacts[]> {
  const rows = await client.from('root_keys').orderBy('purpose').orderBy('version')
  return rows.map(({ purpose, version, state, kek_uri: wrappedBy, created_at }) => {
    const age = daysSince(fromSqlInstant(created_at))
    // The others are not rotated: what they made before could not be told from a forgery.
    const due = purpose === INDEX_PURPOSE && isDue(state, age)
    return { kind: 'root', name: `${purpose} ${version}`, state, wraps: null, wrappedBy, age, isDue: due }
  })
}

/** Keys of erased patients are no keys any more; they count under their state, and under no master key. */
async function countBy(
  column: 'state' | 'master_key_id',
  client: QueryClientContract
): Promise<Record<string, number>> {
  const where = column === 'state' ? '' : `where state <> 'shredded'`
  const sql = `select ${column} as name, count(*) as count from data_keys ${where} group by ${column}`
  const rows = await selectRows<{ name: string | number; count: number }>(client, sql)
  return Object.fromEntries(rows.map(({ name, count }) => [name, Number(count)]))
}

function daysSince(date: Date): number {
  return Math.max(0, Math.floor((now().getTime() - date.getTime()) / DAY_MS))
}

function isDue(state: string, age: number | null) {
  return state === 'active' && age !== null && age >= DUE_AFTER_DAYS
}
