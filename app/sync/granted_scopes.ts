import { createHash } from 'node:crypto'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { Actor } from '#app/core/actor'
import { selectRows } from '#app/core/insert_rows'
import { IS_CURRENT } from '#app/patients/patient'

/** A patient whose whole chart a device of this actor may hold. */
export interface GrantedScope {
  id: number
  uuid: string
}

/**
 * The patients whom this user treats. An emergency is left out: it is over before a device would have forgotten the
 * chart. Joined in this order whatever the figures say: they are a few hundred of perhaps a million.
 */
export function grantedFrom({ id }: Actor, client: QueryClientContract): [sql: string, bindings: number[]] {
  const join = inOrder(client)
  const sql = `doctor_patient dp ${join} patients on patients.id = dp.patient_id and dp.doctor_id = ? and dp.is_open = 1
    and ${IS_CURRENT}`
  return [sql, [id ?? 0]]
}

/** A join whose left side is read first: each database has its own word for it. */
export function inOrder(client: QueryClientContract): string {
  return client.dialect.name === 'mysql' ? 'straight_join' : 'cross join'
}

/** Identity and chart leave together, so that one of the two rights is none. */
export function maySync(user: Actor): boolean {
  return user.id !== null && user.can('patients.view') && user.can('charts.view')
}

/** In the order of their uuids; `among` those that are named. */
export async function grantedScopes(
  user: Actor,
  client: QueryClientContract,
  among?: string[]
): Promise<GrantedScope[]> {
  if (!maySync(user) || among?.length === 0) return []
  const [from, bindings] = grantedFrom(user, client)
  const named = among ? ` where patients.uuid in (${among.map(() => '?').join(', ')})` : ''
  const sql = `select patients.id, patients.uuid from ${from}${named}`
  const rows = await selectRows<GrantedScope>(client, sql, [...bindings, ...(among ?? [])])
  return rows.map(({ id, uuid }) => ({ id: Number(id), uuid })).sort((one, other) => (one.uuid < other.uuid ? -1 : 1))
}

/** What a device says of the charts that it holds. */
export interface HeldScopes {
  scopes_digest?: string
  scopes?: string[]
}

export interface ScopeChanges {
  add: string[]
  purge: string[]
  /** The digests differ, and only the names themselves would tell by which. */
  differ: boolean
}

export function compareScopes(granted: GrantedScope[], { scopes_digest: digest, scopes }: HeldScopes): ScopeChanges {
  const uuids = granted.map(({ uuid }) => uuid)
  if (!scopes) return { add: [], purge: [], differ: digest !== undefined && digest !== digestOf(uuids) }
  const [held, theirs] = [new Set(scopes), new Set(uuids)]
  return {
    add: uuids.filter((uuid) => !held.has(uuid)),
    purge: [...held].filter((uuid) => !theirs.has(uuid)),
    differ: false,
  }
}

/** SHA-256, hexadecimal, of the sorted ids joined by line breaks. */
function digestOf(uuids: string[]): string {
  return createHash('sha256')
    .update([...uuids].sort().join('\n'))
    .digest('hex')
}
