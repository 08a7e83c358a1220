import type { KeyObject } from 'node:crypto'
import { createSecretKey } from 'node:crypto'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { monotonic } from '#app/core/clock'
import type { Keyring } from '#app/keys/keyring'
import { keyring } from '#app/keys/keyring_service'

/*
 * The blind index has one version of its key, and two while that is changed: tokens are written under both, and asked for
 * under both. Of a row of `root_keys`:   writing → active → retired → destroyed
 *
 * That no national id is taken twice, and no search misses a row, rests on three things:
 *
 * 1. A transaction that writes tokens reads the versions inside, with a lock that it keeps (`held`). A change of a state
 *    needs the same rows for itself (`changeVersions`): it waits for everybody who wrote by the former state, and whoever
 *    comes after sees the new one. So there is no writer who has not heard of a version, however long it pauses.
 * 2. While the new version is `writing` everybody writes both and the unique key of the old one, which is complete, refuses
 *    doubles. When it becomes `active` it is complete as well, and the old one is written no more.
 * 3. Searches outside of a transaction keep the versions for a while (`kept`). The new one becomes active only when it has
 *    been `writing` longer than anybody keeps them, so that every search asks for both by then; a search that took longer
 *    than its knowledge lasts is done again (`Indexer.isKnown`).
 */
export interface IndexVersion {
  version: number
  key: KeyObject
}

export interface KnownVersions {
  /** The oldest first: it has a token of every patient. */
  versions: IndexVersion[]
  isKnown(): boolean
}

export const INDEX_PURPOSE = 'blind_index'
const IN_USE = ['active', 'writing']

let keptFor = 10 * 60_000

/** For tests: how long a process keeps what it knows of the versions, in milliseconds. */
export function keepVersionsFor(milliseconds: number) {
  keptFor = milliseconds
}

/** After so many milliseconds nobody goes by what was true before. */
export function forgottenAfter(): number {
  return keptFor * 1.1
}

// Each keyring has its own, as each process has.
const lists = new WeakMap<Keyring, { versions: IndexVersion[]; until: number }>()
const keys = new WeakMap<Keyring, Map<number, { key: KeyObject; until: number }>>()
const inTransactions = new WeakMap<QueryClientContract, IndexVersion[]>()

/** The versions under which tokens are written and asked for. */
export function indexVersions(client: QueryClientContract): Promise<KnownVersions> {
  return client.isTransaction ? held(client) : kept(client)
}

async function held(trx: QueryClientContract): Promise<KnownVersions> {
  const versions = inTransactions.get(trx) ?? (await unwrapAll(await rowsInUse(trx).forShare()))
  inTransactions.set(trx, versions)
  return { versions, isKnown: () => true }
}

async function kept(client: QueryClientContract): Promise<KnownVersions> {
  const ring = keyring()
  let list = lists.get(ring)
  if (!list || list.until < monotonic()) {
    const until = monotonic() + keptFor
    list = { versions: await unwrapAll(await rowsInUse(client)), until }
    lists.set(ring, list)
  }
  const { versions, until } = list
  return { versions, isKnown: () => monotonic() <= until }
}

/** In this order also where the lock was waited for: a row that came meanwhile is behind those that were there. */
function rowsInUse(client: QueryClientContract) {
  return client.from('root_keys').where('purpose', INDEX_PURPOSE).whereIn('state', IN_USE).orderBy('version')
}

async function unwrapAll(rows: any[]): Promise<IndexVersion[]> {
  if (!rows.length) throw new Error(`no ${INDEX_PURPOSE} key: run \`medinfo migrate\``)
  return Promise.all(rows.map(unwrapVersion))
}

/** Errors: KeyProviderUnavailable. */
export async function unwrapVersion(row: any): Promise<IndexVersion> {
  const ring = keyring()
  const unwrapped = keys.get(ring) ?? new Map<number, { key: KeyObject; until: number }>()
  keys.set(ring, unwrapped)
  const version = Number(row.version)
  const known = unwrapped.get(version)
  if (known && known.until > monotonic()) return { version, key: known.key }
  const key = createSecretKey(await ring.provider.unwrap(row.wrapped, row.kek_uri, `medinfo/${INDEX_PURPOSE}`))
  unwrapped.set(version, { key, until: monotonic() + keptFor })
  return { version, key }
}
