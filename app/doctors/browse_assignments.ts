import vine from '@vinejs/vine'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { behind, typedMrn, whereMrn, whereNamed } from '#app/charts/browsed_rows'
import { findInChart, uuidOf } from '#app/charts/find_in_chart'
import { browse } from '#app/core/browse'
import { toSqlInstant } from '#app/core/clock'
import { readCase } from '#app/core/read_case'
import { moment, rowUuid } from '#app/core/rules'
import Assignment from '#app/doctors/assignment'
import { isKept } from '#app/patients/patient'
import PatientPolicy from '#app/patients/patient_policy'

export const ASSIGNMENT_STATES = ['open', 'ended'] as const

const SHOWN = ['uuid', 'patient_id', 'assigned_at', 'ended_at', 'is_open'].map((column) => `doctor_patient.${column}`)

interface Filters {
  patient?: string
  clinician?: string
  state?: (typeof ASSIGNMENT_STATES)[number]
  since_from?: string
  since_to?: string
}

/** Who treats whom as the back office lists it, what was written last first. */
export const browseAssignments = browse({
  name: 'assignments.browse',
  policy: [PatientPolicy, 'viewAssignments'],
  filters: {
    patient: typedMrn().optional(),
    clinician: vine.string().trim().maxLength(160).optional(),
    state: vine.enum(ASSIGNMENT_STATES).optional(),
    since_from: moment().optional(),
    since_to: moment().optional(),
  },
  sorts: { written: 'doctor_patient.id' },
  direction: 'desc',
  tie: 'doctor_patient.id',
  query({ client }, filters) {
    const { patient, clinician, state, since_from: from, since_to: to } = filters as Filters
    const query = listed(client)
    if (patient) whereMrn(query, 'doctor_patient.patient_id', patient)
    if (clinician) whereNamed(query, 'doctor_patient.doctor_id', clinician)
    if (state) void (state === 'open' ? query.where('is_open', 1) : query.whereNull('is_open'))
    if (from) void query.where('doctor_patient.assigned_at', '>=', toSqlInstant(new Date(from)))
    if (to) void query.where('doctor_patient.assigned_at', '<', toSqlInstant(new Date(to)))
    return query.whereRaw(isKept('doctor_patient.patient_id'))
  },
  show: rowOf,
})

/** One of them. */
export const openAssignmentRow = readCase({
  name: 'assignments.open_row',
  input: vine.create({ id: rowUuid() }),
  find: ({ id }, { caller, client }) => findInChart(listed(client).where('uuid', id), { caller, client }),
  policy: [PatientPolicy, 'viewAssignments'],
  run: ({ subject }) => ({
    ...rowOf(subject),
    patient_uuid: subject.patientUuid,
    clinician_uuid: subject.doctorUuid,
    auditIdentity: () => subject.auditIdentity(),
  }),
})

const listed = (client: QueryClientContract) =>
  Assignment.query({ client })
    .select(SHOWN)
    .select(behind('doctor_patient.patient_id', 'patients.mrn', 'patient_mrn'))
    .select(uuidOf('users', 'doctor_patient.doctor_id', 'doctor_uuid'))
    .select(behind('doctor_patient.doctor_id', 'users.name', 'doctor_name'))
    .select(behind('doctor_patient.assigned_by', 'users.name', 'assigner_name'))
    .select(behind('doctor_patient.ended_by', 'users.name', 'ender_name'))
    .select(behind('doctor_patient.patient_id', 'patients.family_name', 'family_name'))
    .select(behind('doctor_patient.patient_id', 'patients.given_name', 'given_name'))

function rowOf(assignment: Assignment) {
  const { patient_mrn, family_name, given_name, assigner_name, ender_name } = assignment.$extras
  return {
    id: assignment.uuid,
    uuid: assignment.uuid,
    patient: patient_mrn,
    patient_name: `${family_name} ${given_name}`,
    clinician: assignment.doctorName,
    state: assignment.isOpen === 1 ? 'open' : 'ended',
    since: assignment.assignedAt.toISOString(),
    assigned_by: assigner_name,
    until: assignment.endedAt?.toISOString() ?? null,
    ended_by: ender_name,
  }
}
