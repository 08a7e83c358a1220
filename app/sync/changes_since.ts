import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { Actor } from '#app/core/actor'
import { selectRows } from '#app/core/insert_rows'
import { grantedFrom, inOrder, type GrantedScope } from '#app/sync/granted_scopes'
import { ENTITIES, type Entity } from '#app/sync/protocol'
import { recordKey, recordsNamed, type SyncedRecord } from '#app/sync/synced_records'
import { readByChart, type UnreadableChart } from '#app/sync/unreadable_charts'

interface ChangeRow {
  seq: number | string
  scope: string
  entity: string
  entity_uuid: string
  version: number
  op: 'upsert' | 'delete' | 'reload'
}

/** A change as it is told: the record as it stands now, or that it is gone. */
export type PulledChange = { seq: number; scope: string } & (
  { op: 'upsert'; record: SyncedRecord } | { op: 'delete'; entity: Entity; uuid: string; version: number }
)

export interface Window {
  /** The last number that the device has. */
  after: number
  /** The last number that there is. */
  upTo: number
  limit: number
}

export interface ChangesSince {
  changes: PulledChange[]
  /** Patients whose charts are to be loaded as a whole. */
  toLoad: string[]
  /** Charts of which something changed that cannot be read. */
  unreadable: UnreadableChart[]
  /** How far this goes. */
  seq: number
  hasMore: boolean
}

/**
 * What changed in the charts of these patients, in the order of the numbers; of a record that changed several times the
 * last change alone. A chart that has to be loaded as a whole is not told in pieces.
 */
export async function changesSince(
  user: Actor,
  granted: GrantedScope[],
  { after, upTo, limit }: Window,
  client: QueryClientContract
): Promise<ChangesSince> {
  if (!granted.length || after >= upTo) return { changes: [], toLoad: [], unreadable: [], seq: upTo, hasMore: false }
  const found = await selectChanges(user, { after, upTo, limit: limit + 1 }, client)
  const rows = found.slice(0, limit)
  const hasMore = found.length > limit
  const isGranted = new Set(granted.map(({ uuid }) => uuid))
  const toLoad = new Set(await scopesToLoad(rows, user, client))
  const told = rows.filter(({ scope }) => isGranted.has(scope) && !toLoad.has(scope))
  const { read, unreadable } = await readByChart(latest(told), (each) => withRecords(each, user, client))
  return {
    changes: unreadable.length ? read.sort((one, other) => one.seq - other.seq) : read,
    unreadable,
    toLoad: [...toLoad].filter((scope) => isGranted.has(scope)),
    seq: hasMore ? Number(rows.at(-1)!.seq) : upTo,
    hasMore,
  }
}

/** The numbers are found in the index of each patient, and only those of the answer are looked up. */
function selectChanges(user: Actor, { after, upTo, limit }: Window, client: QueryClientContract) {
  const [from, bindings] = grantedFrom(user, client)
  return selectRows<ChangeRow>(
    client,
    `select c.seq, c.scope, c.entity, c.entity_uuid, c.version, c.op
       from (select found.seq from ${from} ${inOrder(client)} sync_changes found
               on found.scope = patients.uuid and found.seq > ? and found.seq <= ?
              order by found.seq limit ?) as next
       join sync_changes c on c.seq = next.seq
      order by c.seq`,
    [...bindings, after, upTo, limit]
  )
}

/**
 * What was imported, and whoever came into this user's care: a device may have been told to forget a chart that it had
 * not forgotten yet when the patient came back.
 */
async function scopesToLoad(rows: ChangeRow[], user: Actor, client: QueryClientContract): Promise<string[]> {
  const reloaded = rows.filter(({ op }) => op === 'reload').map(({ scope }) => scope)
  const assignments = rows.filter(({ entity, op }) => entity === 'assignment' && op === 'upsert')
  if (!assignments.length) return reloaded
  const uuids = assignments.map(({ entity_uuid }) => entity_uuid)
  const own: { uuid: string }[] = await client
    .from('doctor_patient')
    .select('uuid')
    .where({ doctor_id: user.id, is_open: 1 })
    .whereIn('uuid', uuids)
  const isOwn = new Set(own.map(({ uuid }) => uuid))
  return [...reloaded, ...assignments.filter((row) => isOwn.has(row.entity_uuid)).map(({ scope }) => scope)]
}

const ARE_SYNCED: readonly string[] = ENTITIES

function latest(rows: ChangeRow[]): ChangeRow[] {
  const last = new Map<string, ChangeRow>()
  for (const row of rows) {
    if (!ARE_SYNCED.includes(row.entity)) continue
    const key = recordKey(row.entity, row.entity_uuid)
    last.delete(key)
    last.set(key, row)
  }
  return [...last.values()]
}

async function withRecords(rows: ChangeRow[], user: Actor, client: QueryClientContract): Promise<PulledChange[]> {
  const names = rows.map(({ entity, entity_uuid: uuid }) => ({ entity: entity as Entity, uuid }))
  const records = await recordsNamed(names, user, client)
  return rows.flatMap((row): PulledChange[] => {
    const { scope, version } = row
    const [seq, entity, uuid] = [Number(row.seq), row.entity as Entity, row.entity_uuid]
    if (row.op === 'delete') return [{ seq, scope, op: 'delete', entity, uuid, version }]
    const record = records.get(recordKey(entity, uuid))
    return record?.row.auditIdentity().patientUuid === scope ? [{ seq, scope, op: 'upsert', record }] : []
  })
}
