import type { Infer } from '@vinejs/vine/types'
import type { ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
import { openTo, toldAccess, toldWideAccess } from '#app/charts/chart_access'
import Addendum from '#app/charts/addendum'
import { findInChart, findOwner } from '#app/charts/find_in_chart'
import Consultation from '#app/consultations/consultation'
import ConsultationPolicy from '#app/consultations/consultation_policy'
import {
  chartConsultationsValidator,
  listConsultationsValidator,
  openConsultationValidator,
} from '#app/consultations/consultation_validator'
import { toSqlInstant } from '#app/core/clock'
import { pageOf, type Page } from '#app/core/keyset'
import { readCase } from '#app/core/read_case'
import Patient, { isKept } from '#app/patients/patient'
import Prescription from '#app/prescriptions/prescription'

type ConsultationQuery = ModelQueryBuilderContract<typeof Consultation>
type Filters = Omit<Infer<typeof listConsultationsValidator>, 'doctor_id'>

function include(query: ConsultationQuery, relations: readonly string[] = []) {
  if (relations.includes('prescriptions'))
    void query.preload('prescriptions', (of) => void Prescription.named(of as never).orderBy('prescribed_at'))
  if (relations.includes('addenda')) void query.preload('addenda', (of) => void Addendum.named(of as never))
  if (relations.includes('patient')) void query.preload('patient', (of) => void of.select(...Patient.SUMMARY))
  return query
}

function pageOfConsultations(
  query: ConsultationQuery,
  { status, from, to, sort = '-date', ...rest }: Filters,
  within?: string
) {
  if (status) void query.where('consultations.status', status)
  if (from) void query.where('consultations.date', '>=', toSqlInstant(new Date(from)))
  if (to) void query.where('consultations.date', '<', toSqlInstant(new Date(to)))
  const direction = sort === 'date' ? 'asc' : 'desc'
  const order = { list: 'consultations', column: 'date', kind: 'instant', direction, within } as const
  return pageOf(include(query, rest.include), 'consultations', order, rest)
}

function uuidsOf({ rows }: Page<Consultation>) {
  return { uuids: rows.map(({ uuid }) => uuid) }
}

/** Opens one consultation, with what `include` names. */
export const openConsultation = readCase({
  name: 'consultations.open',
  input: openConsultationValidator,
  find({ id, include: relations }, { caller, client }) {
    const query = Consultation.named(Consultation.query({ client })).where('consultations.uuid', id)
    return findInChart(include(query, relations), { caller, client })
  },
  policy: [ConsultationPolicy, 'view'],
  access: toldAccess('consultations.open'),
  run: ({ subject }) => subject,
})

/** The consultations of one patient, the latest first. */
export const listChartConsultations = readCase({
  name: 'consultations.list',
  input: chartConsultationsValidator,
  find: ({ patient }, scope) => findOwner(patient, scope),
  policy: [ConsultationPolicy, 'view'],
  access: toldAccess('consultations.list'),
  details: uuidsOf,
  run({ subject: { owner }, client }, { patient: _, ...filters }) {
    const query = Consultation.named(Consultation.query({ client })).where('consultations.patient_id', owner.id)
    return pageOfConsultations(query, filters, 'patient_id')
  },
})

/** The caller's own consultations, of patients whose charts are open to them; anybody's for whoever reads every chart. */
export const listConsultations = readCase({
  name: 'consultations.list_own',
  input: listConsultationsValidator,
  find: () => null,
  policy: [ConsultationPolicy, 'viewAny'],
  access: toldWideAccess('consultations.list_own'),
  details: uuidsOf,
  run({ caller, client }, { doctor_id, ...filters }) {
    const query = Consultation.named(Consultation.query({ client })).whereRaw(isKept('consultations.patient_id'))
    const readsAll = caller.user.can('charts.view_any')
    if (!readsAll) {
      void query.where('consultations.doctor_id', caller.user.id ?? 0)
      void openTo(query, caller.user, 'consultations.patient_id')
    }
    // One value and not `in`, which the planner takes for several: their rows would be put in order anew.
    if (doctor_id)
      void query.whereRaw('consultations.doctor_id = (select u.id from users u where u.uuid = ?)', [doctor_id])
    return pageOfConsultations(query, filters, readsAll && !doctor_id ? filters.status && 'status' : 'doctor_id')
  },
})
