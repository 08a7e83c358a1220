import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { selectRows } from '#app/core/insert_rows'
import type { Entity } from '#app/sync/protocol'

interface RecordVersion {
  entity: Entity
  uuid: string
  version: number
}

/*
 * A former version is kept with whoever replaced it: version 3 was written by the one beside version 2.
 */

/** Who wrote this version, by uuid; null for the first one, and where an import or the operator did. */
export async function authorOf(
  { entity, uuid, version }: RecordVersion,
  client: QueryClientContract
): Promise<string | null> {
  const sql = `select u.uuid from record_versions v join users u on u.id = v.user_id
    where v.entity_uuid = ? and v.entity = ? and v.version = ?`
  const [row] = await selectRows<{ uuid: string }>(client, sql, [uuid, entity, version - 1])
  return row?.uuid ?? null
}

/** Whether all that came after this version is this user's own work. */
export async function isOnlyBy(
  userId: number | null,
  { entity, uuid, version }: RecordVersion,
  client: QueryClientContract
): Promise<boolean> {
  const sql = `select v.id from record_versions v
    where v.entity_uuid = ? and v.entity = ? and v.version >= ? and (v.user_id is null or v.user_id <> ?) limit 1`
  const rows = await selectRows(client, sql, [uuid, entity, version, userId ?? 0])
  return rows.length === 0
}
