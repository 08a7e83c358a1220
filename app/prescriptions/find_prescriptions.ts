import type { Infer } from '@vinejs/vine/types'
import type { ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
import Addendum from '#app/charts/addendum'
import { toldAccess } from '#app/charts/chart_access'
import { findInChart, findOwner } from '#app/charts/find_in_chart'
import Consultation from '#app/consultations/consultation'
import { pageOf, type Page } from '#app/core/keyset'
import { readCase } from '#app/core/read_case'
import Patient from '#app/patients/patient'
import Prescription from '#app/prescriptions/prescription'
import PrescriptionPolicy from '#app/prescriptions/prescription_policy'
import {
  chartPrescriptionsValidator,
  listPrescriptionsValidator,
  openPrescriptionValidator,
} from '#app/prescriptions/prescription_validator'

type PrescriptionQuery = ModelQueryBuilderContract<typeof Prescription>
type Filters = Omit<Infer<typeof listPrescriptionsValidator>, 'consultation'>

function include(query: PrescriptionQuery, relations: readonly string[] = []) {
  if (relations.includes('addenda')) void query.preload('addenda', (of) => void Addendum.named(of as never))
  if (relations.includes('patient')) void query.preload('patient', (of) => void of.select(...Patient.SUMMARY))
  return query
}

function pageOfPrescriptions(
  query: PrescriptionQuery,
  { status, sort = '-prescribed_at', ...rest }: Filters,
  within: 'patient_id' | 'consultation_id'
) {
  if (status) void query.where('prescriptions.status', status)
  const direction = sort === 'prescribed_at' ? 'asc' : 'desc'
  const order = { list: 'prescriptions', column: 'prescribed_at', kind: 'instant', direction, within } as const
  return pageOf(include(query, rest.include), 'prescriptions', order, rest)
}

function uuidsOf({ rows }: Page<Prescription>) {
  return { uuids: rows.map(({ uuid }) => uuid) }
}

/** Opens one prescription of a consultation, with what `include` names. */
export const openPrescription = readCase({
  name: 'prescriptions.open',
  input: openPrescriptionValidator,
  find({ consultation, id, include: relations }, { caller, client }) {
    const query = Prescription.named(Prescription.query({ client }))
      .where('prescriptions.uuid', id)
      .whereIn(
        'prescriptions.consultation_id',
        (of) => void of.from('consultations').select('id').where('uuid', consultation)
      )
    return findInChart(include(query, relations), { caller, client })
  },
  policy: [PrescriptionPolicy, 'view'],
  access: toldAccess('prescriptions.open'),
  run: ({ subject }) => subject,
})

/** What was prescribed in one consultation, the latest first. */
export const listPrescriptions = readCase({
  name: 'prescriptions.list',
  input: listPrescriptionsValidator,
  find({ consultation }, { caller, client }) {
    const query = Consultation.named(Consultation.query({ client })).where('consultations.uuid', consultation)
    return findInChart(query, { caller, client })
  },
  policy: [PrescriptionPolicy, 'view'],
  access: toldAccess('prescriptions.list'),
  details: uuidsOf,
  run({ subject, client }, { consultation: _, ...filters }) {
    const query = Prescription.named(Prescription.query({ client })).where('prescriptions.consultation_id', subject.id)
    return pageOfPrescriptions(query, filters, 'consultation_id')
  },
})

/** What was prescribed to one patient, the latest first. */
export const listChartPrescriptions = readCase({
  name: 'prescriptions.list_chart',
  input: chartPrescriptionsValidator,
  find: ({ patient }, scope) => findOwner(patient, scope),
  policy: [PrescriptionPolicy, 'view'],
  access: toldAccess('prescriptions.list_chart'),
  details: uuidsOf,
  run({ subject: { owner }, client }, { patient: _, ...filters }) {
    const query = Prescription.named(Prescription.query({ client })).where('prescriptions.patient_id', owner.id)
    return pageOfPrescriptions(query, filters, 'patient_id')
  },
})
