import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import vine from '@vinejs/vine'
import type { Actor } from '#app/core/actor'
import { now, toSqlInstant } from '#app/core/clock'
import { selectRows } from '#app/core/insert_rows'
import { readCase } from '#app/core/read_case'
import { moment, rowUuid } from '#app/core/rules'
import { grantedFrom, grantedScopes, maySync } from '#app/sync/granted_scopes'
import { chartEntry } from '#app/sync/pull'
import { numberChanges } from '#app/sync/sequencer'
import SyncPolicy from '#app/sync/sync_policy'
import { syncState, writeSyncCursor } from '#app/sync/sync_position'
import { recordsOf, type SyncedRecord } from '#app/sync/synced_records'
import { readByChart, tellUnreadable, type UnreadableChart } from '#app/sync/unreadable_charts'
import { refuseEnded } from '#app/sync/verify_device'
import type Patient from '#app/patients/patient'

/** Charts that are read, and told to the audit, together. */
export const CHARTS_AT_ONCE = 20
const MOST_NAMED = 50

export interface Load {
  epoch: string
  cursor: string
  /** In the order in which they come. */
  patients: string[]
  serverTime: Date
}

export interface Chart {
  patient: Patient
  records: SyncedRecord[]
}

const uuids = vine
  .string()
  .toLowerCase()
  .regex(new RegExp(`^[0-9a-f-]{36}(,[0-9a-f-]{36}){0,${MOST_NAMED - 1}}$`))
  .transform((text) => [...new Set(text.split(','))])

const loadValidator = vine.create({
  /** The last patient whose chart came whole, when a load was cut. */
  after: rowUuid().optional(),
  /** These only, separated by commas: at most fifty. */
  patients: uuids.optional(),
  /** Those who have a consultation from here on, and before there. */
  today_from: moment().optional(),
  today_to: moment().optional(),
})

/**
 * Which charts a device is to load, and from which cursor it pulls afterwards: that is fixed before the first chart is
 * read, so that what changes meanwhile comes again. Nobody's chart is opened yet.
 */
export const beginLoad = readCase({
  name: 'sync.bootstrap',
  input: loadValidator,
  find: () => null,
  policy: [SyncPolicy, 'pull'],
  entries: () => [],
  async run({ caller, client }, { after = '', patients, today_from, today_to }): Promise<Load> {
    await numberChanges()
    const { epoch, head } = await syncState(client)
    const granted = await grantedScopes(caller.user, client)
    const named = patients && new Set(patients)
    const seen = today_from || today_to ? await seenBetween(caller.user, today_from, today_to, client) : null
    const isWanted = (uuid: string) => uuid > after && (named?.has(uuid) ?? true) && (seen?.has(uuid) ?? true)
    return {
      epoch,
      cursor: writeSyncCursor({ epoch, seq: head }),
      patients: granted.map(({ uuid }) => uuid).filter(isWanted),
      serverTime: now(),
    }
  },
})

/** Patients who have a consultation in this time that was not cancelled. */
async function seenBetween(
  user: Actor,
  from: string | undefined,
  to: string | undefined,
  client: QueryClientContract
): Promise<Set<string>> {
  if (!maySync(user)) return new Set()
  const [granted, bindings] = grantedFrom(user, client)
  const bounds = [from && ` and c.date >= ?`, to && ` and c.date < ?`].filter(Boolean).join('')
  const instants = [from, to].flatMap((text) => (text ? [toSqlInstant(new Date(text))] : []))
  const rows = await selectRows<{ uuid: string }>(
    client,
    `select patients.uuid from ${granted} where exists (
       select 1 from consultations c where c.patient_id = patients.id and c.status <> 'cancelled'${bounds})`,
    [...bindings, ...instants]
  )
  return new Set(rows.map(({ uuid }) => uuid))
}

/**
 * The charts of these patients by their ids, with one entry in the audit for each; a chart of which something cannot be
 * read is named as such, and is a failure in the audit. Who is treated no more since the load began, or
 * never was, is left out. Errors: DeviceRevoked, DeviceNeedsSignIn for a device that was ended since the load began.
 */
export const loadCharts = readCase({
  name: 'sync.bootstrap',
  input: vine.create({ patients: vine.array(rowUuid()).maxLength(CHARTS_AT_ONCE) }),
  find: (_, { caller, client }) => refuseEnded(caller.user, client),
  policy: [SyncPolicy, 'pull'],
  entries: (loaded: (Chart | UnreadableChart)[]) =>
    loaded.flatMap((chart) => {
      if ('error' in chart) return []
      const { patient, records } = chart
      return [chartEntry(patient.uuid, [patient.uuid, ...records.map(({ row }) => row.uuid)])]
    }),
  async run({ caller, client }, { patients }): Promise<(Chart | UnreadableChart)[]> {
    const { user } = caller
    const scopes = await grantedScopes(user, client, patients)
    const granted = scopes.map(({ id, uuid: scope }) => ({ id, scope }))
    const recordsIn = (parts: typeof granted) => recordsOf(idsOf(parts), user, client)
    const { read, unreadable } = await readByChart(granted, recordsIn)
    await tellUnreadable('sync.bootstrap', caller, unreadable)
    const charts = [...chartsOf(read), ...unreadable]
    return charts.sort((one, other) => (scopeOf(one) < scopeOf(other) ? -1 : 1))
  },
})

const idsOf = (parts: { id: number }[]) => parts.map(({ id }) => id)
const scopeOf = (loaded: Chart | UnreadableChart) => ('error' in loaded ? loaded.scope : loaded.patient.uuid)

function chartsOf(records: SyncedRecord[]): Chart[] {
  const charts = new Map<string, Chart>()
  for (const { entity, row } of records) if (entity === 'patient') charts.set(row.uuid, { patient: row, records: [] })
  for (const record of records)
    if (record.entity !== 'patient') charts.get(record.row.patientUuid)?.records.push(record)
  return [...charts.values()]
}
