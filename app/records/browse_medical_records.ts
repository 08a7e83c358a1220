import vine from '@vinejs/vine'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { behind, chartFilters, narrowRows } from '#app/charts/browsed_rows'
import ChartPolicy from '#app/charts/chart_policy'
import { findInChart, uuidOf } from '#app/charts/find_in_chart'
import { browse } from '#app/core/browse'
import { readCase } from '#app/core/read_case'
import { rowUuid } from '#app/core/rules'
import MedicalRecord from '#app/records/medical_record'
import { RECORD_STATES, RECORD_TYPES } from '#app/records/medical_record_validator'

const COLUMNS = { table: 'medical_records', who: 'doctor_id', when: 'timeline_at' }
const SHOWN = ['uuid', 'patient_id', 'type', 'timeline_at', 'ended_at', 'status', 'created_at', 'updated_at']

/** Medical records as the back office lists them, those written last first: of what kind, by whom, of when; no more. */
export const browseMedicalRecords = browse({
  name: 'records.browse',
  policy: [ChartPolicy, 'viewEvery'],
  filters: {
    ...chartFilters(),
    type: vine.enum(RECORD_TYPES).optional(),
    status: vine.enum(RECORD_STATES).optional(),
  },
  sorts: { written: 'medical_records.id' },
  direction: 'desc',
  tie: 'medical_records.id',
  query({ client }, filters) {
    const query = narrowRows(listed(client), COLUMNS, filters)
    // Only of one patient is there an index by date.
    return filters.patient ? query.orderBy('medical_records.timeline_at', 'desc') : query
  },
  show: rowOf,
})

/** One of them. */
export const openMedicalRecordRow = readCase({
  name: 'records.open_row',
  input: vine.create({ id: rowUuid() }),
  find: ({ id }, { caller, client }) => findInChart(listed(client).where('uuid', id), { caller, client }),
  policy: [ChartPolicy, 'viewEvery'],
  run: ({ subject }) => ({ ...rowOf(subject), auditIdentity: () => subject.auditIdentity() }),
})

const listed = (client: QueryClientContract) =>
  MedicalRecord.query({ client })
    .select(SHOWN.map((column) => `medical_records.${column}`))
    .select(behind('medical_records.patient_id', 'patients.mrn', 'patient_mrn'))
    .select(behind('medical_records.doctor_id', 'users.name', 'clinician_name'))
    .select(uuidOf('consultations', 'medical_records.consultation_id', 'consultation_uuid'))

function rowOf(record: MedicalRecord) {
  return {
    id: record.uuid,
    uuid: record.uuid,
    patient: record.$extras.patient_mrn,
    clinician: record.$extras.clinician_name,
    type: record.type,
    date: record.timelineAt?.toISOString() ?? null,
    ended_at: record.endedAt?.toISOString() ?? null,
    status: record.status,
    consultation: record.consultationUuid,
    created_at: record.createdAt.toISOString(),
    updated_at: record.updatedAt.toISOString(),
  }
}
