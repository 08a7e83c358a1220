import vine from '@vinejs/vine'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { behind, chartFilters, narrowRows } from '#app/charts/browsed_rows'
import ChartPolicy from '#app/charts/chart_policy'
import { findInChart, uuidOf } from '#app/charts/find_in_chart'
import type { Actor } from '#app/core/actor'
import { browse } from '#app/core/browse'
import { readCase } from '#app/core/read_case'
import { rowUuid } from '#app/core/rules'
import LabResult from '#app/labs/lab_result'
import { LAB_STATES } from '#app/labs/lab_result_validator'
import { hideUnreleasedOwn } from '#app/labs/reach'

const COLUMNS = { table: 'lab_results', who: 'performed_by', when: 'result_date' }
const SHOWN = ['uuid', 'patient_id', 'result_date', 'status', 'validated_at', 'created_at', 'updated_at']

/** Laboratory results as the back office lists them: by whom, of when, in what state; neither the test nor its result. */
export const browseLabResults = browse({
  name: 'labs.browse',
  policy: [ChartPolicy, 'viewEvery'],
  filters: { ...chartFilters(), status: vine.enum(LAB_STATES).optional() },
  sorts: { date: 'lab_results.result_date' },
  direction: 'desc',
  tie: 'lab_results.uuid',
  query: ({ client, caller }, filters) => narrowRows(listed(client, caller.user), COLUMNS, filters),
  show: rowOf,
})

/** One of them. */
export const openLabResultRow = readCase({
  name: 'labs.open_row',
  input: vine.create({ id: rowUuid() }),
  find: ({ id }, { caller, client }) => findInChart(listed(client, caller.user).where('uuid', id), { caller, client }),
  policy: [ChartPolicy, 'viewEvery'],
  run: ({ subject }) => ({ ...rowOf(subject), auditIdentity: () => subject.auditIdentity() }),
})

function listed(client: QueryClientContract, user: Actor) {
  const query = LabResult.query({ client })
    .select(SHOWN.map((column) => `lab_results.${column}`))
    .select(behind('lab_results.patient_id', 'patients.mrn', 'patient_mrn'))
    .select(behind('lab_results.performed_by', 'users.name', 'performer_name'))
    .select(behind('lab_results.validated_by', 'users.name', 'validator_name'))
    .select(uuidOf('consultations', 'lab_results.consultation_id', 'consultation_uuid'))
  return hideUnreleasedOwn(query, user)
}

function rowOf(result: LabResult) {
  return {
    id: result.uuid,
    uuid: result.uuid,
    patient: result.$extras.patient_mrn,
    clinician: result.$extras.performer_name,
    date: result.resultDate.toISOString(),
    status: result.status,
    validated_at: result.validatedAt?.toISOString() ?? null,
    validated_by: result.$extras.validator_name,
    consultation: result.consultationUuid,
    created_at: result.createdAt.toISOString(),
    updated_at: result.updatedAt.toISOString(),
  }
}
