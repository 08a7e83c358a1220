import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import { refusalEntry } from '#app/core/audited'
import type { Caller } from '#app/core/caller'
import { loggable } from '#app/core/loggable'
import { recordRead } from '#app/audit/record'
import { FieldUnreadable } from '#app/keys/field_crypto'
import type { Unreadable } from '#app/sync/protocol'
import { entityOfTable } from '#app/sync/synced_records'

/** A chart that is told to nobody, and why. */
export interface UnreadableChart extends Unreadable {
  error: FieldUnreadable
}

export interface ReadCharts<T> {
  read: T[]
  unreadable: UnreadableChart[]
}

/**
 * Reads what is asked of several charts together. Only where something cannot be decrypted it is read chart by chart, so
 * that one damaged record keeps nobody from the others; a chart of which something cannot be read is left out whole.
 */
export async function readByChart<Part extends { scope: string }, T>(
  parts: Part[],
  read: (parts: Part[]) => Promise<T[]>
): Promise<ReadCharts<T>> {
  try {
    return { read: await read(parts), unreadable: [] }
  } catch (error) {
    if (!(error instanceof FieldUnreadable)) throw error
  }
  const found: ReadCharts<T> = { read: [], unreadable: [] }
  for (const scope of new Set(parts.map((part) => part.scope))) {
    try {
      found.read.push(...(await read(parts.filter((part) => part.scope === scope))))
    } catch (error) {
      found.unreadable.push(unreadableChart(scope, error))
    }
  }
  return found
}

/** Any other failure, or one of a table that is no part of a chart, is nobody's chart's. */
function unreadableChart(scope: string, error: unknown): UnreadableChart {
  const entity = error instanceof FieldUnreadable ? entityOfTable(error.place.table) : null
  if (!(error instanceof FieldUnreadable) || !entity) throw error
  return { scope, entity, id: error.place.uuid, error }
}

/** To the operator, and to the audit as an opening of each patient's chart that failed. */
export async function tellUnreadable(action: string, caller: Caller, charts: UnreadableChart[]): Promise<void> {
  for (const { scope, id, error } of charts) {
    logger.error({ request_id: caller.requestId, err: loggable(error) }, 'a chart cannot be read')
    const identity = { entity: 'patient', entityUuid: scope, patientUuid: scope }
    const entry = refusalEntry(action, caller, identity, error)
    await recordRead(() => db.connection(), caller, { ...entry, details: { ...entry.details, uuids: [id] } })
  }
}
