import vine from '@vinejs/vine'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { behind, chartFilters, narrowRows } from '#app/charts/browsed_rows'
import ChartPolicy from '#app/charts/chart_policy'
import { findInChart, uuidOf } from '#app/charts/find_in_chart'
import { browse } from '#app/core/browse'
import { readCase } from '#app/core/read_case'
import { rowUuid } from '#app/core/rules'
import Prescription from '#app/prescriptions/prescription'
import { PRESCRIPTION_STATES } from '#app/prescriptions/prescription_validator'

const COLUMNS = { table: 'prescriptions', who: 'prescribed_by', when: 'prescribed_at' }
const SHOWN = ['uuid', 'patient_id', 'prescribed_at', 'status', 'stopped_at', 'created_at', 'updated_at']

/** Prescriptions as the back office lists them, those written last first: who, when, in what state; not of what. */
export const browsePrescriptions = browse({
  name: 'prescriptions.browse',
  policy: [ChartPolicy, 'viewEvery'],
  filters: { ...chartFilters(), status: vine.enum(PRESCRIPTION_STATES).optional() },
  sorts: { written: 'prescriptions.id' },
  direction: 'desc',
  tie: 'prescriptions.id',
  query({ client }, filters) {
    const query = narrowRows(listed(client), COLUMNS, filters)
    const { patient, clinician, status, date_from, date_to } = filters
    const isOfPeriod = Boolean(date_from || date_to)
    // By date there is an index of each patient and of each state: a period is looked for in every state.
    if (isOfPeriod && !patient && !clinician && !status)
      void query.whereIn('prescriptions.status', [...PRESCRIPTION_STATES])
    return patient || status || isOfPeriod ? query.orderBy('prescriptions.prescribed_at', 'desc') : query
  },
  show: rowOf,
})

/** One of them. */
export const openPrescriptionRow = readCase({
  name: 'prescriptions.open_row',
  input: vine.create({ id: rowUuid() }),
  find: ({ id }, { caller, client }) => findInChart(listed(client).where('uuid', id), { caller, client }),
  policy: [ChartPolicy, 'viewEvery'],
  run: ({ subject }) => ({ ...rowOf(subject), auditIdentity: () => subject.auditIdentity() }),
})

const listed = (client: QueryClientContract) =>
  Prescription.query({ client })
    .select(SHOWN.map((column) => `prescriptions.${column}`))
    .select(behind('prescriptions.patient_id', 'patients.mrn', 'patient_mrn'))
    .select(behind('prescriptions.prescribed_by', 'users.name', 'prescriber_name'))
    .select(behind('prescriptions.stopped_by', 'users.name', 'stopper_name'))
    .select(uuidOf('consultations', 'prescriptions.consultation_id', 'consultation_uuid'))

function rowOf(prescription: Prescription) {
  return {
    id: prescription.uuid,
    uuid: prescription.uuid,
    patient: prescription.$extras.patient_mrn,
    clinician: prescription.$extras.prescriber_name,
    date: prescription.prescribedAt.toISOString(),
    status: prescription.status,
    stopped_at: prescription.stoppedAt?.toISOString() ?? null,
    stopped_by: prescription.$extras.stopper_name,
    consultation: prescription.consultationUuid,
    created_at: prescription.createdAt.toISOString(),
    updated_at: prescription.updatedAt.toISOString(),
  }
}
