import type { Infer } from '@vinejs/vine/types'
import type { ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
import Addendum from '#app/charts/addendum'
import { toldAccess } from '#app/charts/chart_access'
import { findInChart, findOwner } from '#app/charts/find_in_chart'
import { toSqlInstant } from '#app/core/clock'
import { pageOf, type Page } from '#app/core/keyset'
import { readCase } from '#app/core/read_case'
import Patient from '#app/patients/patient'
import MedicalRecord from '#app/records/medical_record'
import MedicalRecordPolicy from '#app/records/medical_record_policy'
import { chartRecordsValidator, openMedicalRecordValidator } from '#app/records/medical_record_validator'

type RecordQuery = ModelQueryBuilderContract<typeof MedicalRecord>
type Filters = Omit<Infer<typeof chartRecordsValidator>, 'patient'>

function include(query: RecordQuery, relations: readonly string[] = []) {
  if (relations.includes('addenda')) void query.preload('addenda', (of) => void Addendum.named(of as never))
  if (relations.includes('patient')) void query.preload('patient', (of) => void of.select(...Patient.SUMMARY))
  return query
}

function pageOfRecords(query: RecordQuery, { type, status, from, to, sort = '-timeline_at', ...rest }: Filters) {
  if (type) void query.where('medical_records.type', type)
  if (status) void query.where('medical_records.status', status)
  if (from) void query.where('medical_records.timeline_at', '>=', toSqlInstant(new Date(from)))
  if (to) void query.where('medical_records.timeline_at', '<', toSqlInstant(new Date(to)))
  const direction = sort === 'timeline_at' ? 'asc' : 'desc'
  const order = { list: 'records', column: 'timeline_at', kind: 'instant', direction, within: 'patient_id' } as const
  return pageOf(include(query, rest.include), 'medical_records', order, rest)
}

/** Opens one record, with what `include` names. */
export const openMedicalRecord = readCase({
  name: 'records.open',
  input: openMedicalRecordValidator,
  find({ id, include: relations }, { caller, client }) {
    const query = MedicalRecord.named(MedicalRecord.query({ client })).where('medical_records.uuid', id)
    return findInChart(include(query, relations), { caller, client })
  },
  policy: [MedicalRecordPolicy, 'view'],
  access: toldAccess('records.open'),
  run: ({ subject }) => subject,
})

/** The records of one patient, the latest first; those entered in error too, with their status. */
export const listChartRecords = readCase({
  name: 'records.list',
  input: chartRecordsValidator,
  find: ({ patient }, scope) => findOwner(patient, scope),
  policy: [MedicalRecordPolicy, 'view'],
  access: toldAccess('records.list'),
  details: ({ rows }: Page<MedicalRecord>) => ({ uuids: rows.map(({ uuid }) => uuid) }),
  run({ subject: { owner }, client }, { patient: _, ...filters }) {
    const query = MedicalRecord.named(MedicalRecord.query({ client })).where('medical_records.patient_id', owner.id)
    return pageOfRecords(query, filters)
  },
})
