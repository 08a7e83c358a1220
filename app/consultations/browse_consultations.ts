import vine from '@vinejs/vine'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { behind, chartFilters, narrowRows } from '#app/charts/browsed_rows'
import ChartPolicy from '#app/charts/chart_policy'
import { findInChart } from '#app/charts/find_in_chart'
import Consultation from '#app/consultations/consultation'
import { CONSULTATION_STATES } from '#app/consultations/consultation_validator'
import { browse } from '#app/core/browse'
import { readCase } from '#app/core/read_case'
import { rowUuid } from '#app/core/rules'

const COLUMNS = { table: 'consultations', who: 'doctor_id', when: 'date' }
const SHOWN = ['uuid', 'patient_id', 'date', 'status', 'cancelled_at', 'created_at', 'updated_at']

/** Consultations as the back office lists them: who, when, in what state; nothing of what was said. */
export const browseConsultations = browse({
  name: 'consultations.browse',
  policy: [ChartPolicy, 'viewEvery'],
  filters: { ...chartFilters(), status: vine.enum(CONSULTATION_STATES).optional() },
  sorts: { date: 'consultations.date' },
  direction: 'desc',
  tie: 'consultations.uuid',
  query: ({ client }, filters) => narrowRows(listed(client), COLUMNS, filters),
  show: rowOf,
})

/** One of them. */
export const openConsultationRow = readCase({
  name: 'consultations.open_row',
  input: vine.create({ id: rowUuid() }),
  find: ({ id }, { caller, client }) => findInChart(listed(client).where('uuid', id), { caller, client }),
  policy: [ChartPolicy, 'viewEvery'],
  run: ({ subject }) => ({ ...rowOf(subject), auditIdentity: () => subject.auditIdentity() }),
})

const listed = (client: QueryClientContract) =>
  Consultation.query({ client })
    .select(SHOWN.map((column) => `consultations.${column}`))
    .select(behind('consultations.patient_id', 'patients.mrn', 'patient_mrn'))
    .select(behind('consultations.doctor_id', 'users.name', 'clinician_name'))

function rowOf(consultation: Consultation) {
  return {
    id: consultation.uuid,
    uuid: consultation.uuid,
    patient: consultation.$extras.patient_mrn,
    clinician: consultation.$extras.clinician_name,
    date: consultation.date.toISOString(),
    status: consultation.status,
    cancelled_at: consultation.cancelledAt?.toISOString() ?? null,
    created_at: consultation.createdAt.toISOString(),
    updated_at: consultation.updatedAt.toISOString(),
  }
}
