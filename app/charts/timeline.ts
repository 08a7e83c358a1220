import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
import { toldAccess } from '#app/charts/chart_access'
import ChartPolicy from '#app/charts/chart_policy'
import { TIMELINE_KINDS, timelineValidator, type TimelineKind } from '#app/charts/chart_validator'
import { findOwner } from '#app/charts/find_in_chart'
import Consultation from '#app/consultations/consultation'
import type { Actor } from '#app/core/actor'
import { fromSqlInstant, toSqlInstant } from '#app/core/clock'
import { findBeyond, readCursor, writeCursor, type Order, type Page, type Position } from '#app/core/keyset'
import { readCase } from '#app/core/read_case'
import { openRows } from '#app/keys/encrypted'
import LabResult from '#app/labs/lab_result'
import { readableInChart } from '#app/labs/reach'
import type Patient from '#app/patients/patient'
import Prescription from '#app/prescriptions/prescription'
import MedicalRecord from '#app/records/medical_record'

interface Rows {
  consultation: Consultation
  prescription: Prescription
  medical_record: MedicalRecord
  lab_result: LabResult
}

/** One event of a chart: what it is, when it counts, and the record. */
export type TimelineEntry = { [Kind in TimelineKind]: { kind: Kind; row: Rows[Kind]; at: Date } }[TimelineKind]

interface Asked {
  kinds?: TimelineKind[]
  from?: string
  to?: string
  limit?: number
  cursor?: string
}

interface Chart {
  owner: Patient
  user: Actor
  client: QueryClientContract
}

type AnyQuery = ModelQueryBuilderContract<any, any>

/** Every row of the chart that this caller may read, by the table and the column of the index that its kind has. */
const KINDS: Record<TimelineKind, { table: string; column: string; rowsOf(chart: Chart): AnyQuery }> = {
  consultation: {
    table: 'consultations',
    column: 'date',
    rowsOf: ({ owner, client }) =>
      Consultation.named(Consultation.query({ client })).where('consultations.patient_id', owner.id),
  },
  prescription: {
    table: 'prescriptions',
    column: 'prescribed_at',
    rowsOf: ({ owner, client }) =>
      Prescription.named(Prescription.query({ client })).where('prescriptions.patient_id', owner.id),
  },
  medical_record: {
    table: 'medical_records',
    column: 'timeline_at',
    rowsOf: ({ owner, client }) =>
      MedicalRecord.named(MedicalRecord.query({ client })).where('medical_records.patient_id', owner.id),
  },
  lab_result: {
    table: 'lab_results',
    column: 'result_date',
    rowsOf: ({ owner, user, client }) => readableInChart(LabResult.named(LabResult.query({ client })), user, owner),
  },
}

/** The cursor's own order; each table names its column otherwise. */
const NEWEST: Order = { list: 'timeline', column: 'at', kind: 'instant', direction: 'desc' }

/** All that a chart holds, by date, the latest first. */
export const listTimeline = readCase({
  name: 'charts.timeline',
  input: timelineValidator,
  find: ({ patient }, scope) => findOwner(patient, scope),
  policy: [ChartPolicy, 'view'],
  access: toldAccess('charts.timeline'),
  details: ({ rows }: Page<TimelineEntry>) => ({ uuids: rows.map(({ row }) => row.uuid) }),
  run: ({ subject: { owner }, caller, client }, { patient: _, ...asked }) =>
    pageOfTimeline({ owner, user: caller.user, client }, asked),
})

/**
 * A page of the four tables together. Of each at most one row more than the page is read, from the position on and by its
 * index, so that every page costs the same four reads: the page's rows are among those.
 *
 * Example: a page of 2 after 5 May reads 3 consultations, 3 prescriptions, 3 records and 3 results that are older, sorts
 * these 12, and gives the first 2, which alone are made records and decrypted. Rows of one instant are in the order of
 * their uuids, whichever table they are in.
 */
async function pageOfTimeline(
  chart: Chart,
  { kinds, limit = 25, cursor, ...period }: Asked
): Promise<Page<TimelineEntry>> {
  const after = cursor ? readCursor(cursor, NEWEST) : null
  const wanted = kinds ?? TIMELINE_KINDS
  const found = await Promise.all(wanted.map((kind) => entriesBeyond(chart, kind, { after, limit, ...period })))
  const sorted = found.flat().sort((one, other) => compare(other.position, one.position))
  const shown = sorted.slice(0, limit)
  const rows = shown.map(({ kind, position, toRow }) => {
    return { kind, row: toRow(), at: fromSqlInstant(position[0]) } as TimelineEntry
  })
  await openRows(rows.map(({ row }) => row))
  return { rows, nextCursor: sorted.length > limit ? writeCursor(shown.at(-1)!.position, NEWEST) : null }
}

async function entriesBeyond(
  chart: Chart,
  kind: TimelineKind,
  { after, limit, from, to }: { after: Position | null; limit: number; from?: string; to?: string }
) {
  const { table, column, rowsOf } = KINDS[kind]
  const query = rowsOf(chart)
  if (from) void query.where(`${table}.${column}`, '>=', toSqlInstant(new Date(from)))
  if (to) void query.where(`${table}.${column}`, '<', toSqlInstant(new Date(to)))
  const found = await findBeyond(query, table, { ...NEWEST, column, within: 'patient_id' }, { limit, after })
  return found.map((entry) => ({ kind, ...entry }))
}

/** Both are ASCII of one length, so that they sort here as they do in the database. */
function compare([at, uuid]: Position, [otherAt, otherUuid]: Position): number {
  if (at !== otherAt) return at < otherAt ? -1 : 1
  return uuid < otherUuid ? -1 : 1
}
