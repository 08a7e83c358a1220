import type { Infer } from '@vinejs/vine/types'
import type { ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
import Addendum from '#app/charts/addendum'
import { toldAccess, toldWideAccess } from '#app/charts/chart_access'
import { findInChart, findOwner } from '#app/charts/find_in_chart'
import { toSqlInstant } from '#app/core/clock'
import { pageOf, type Page } from '#app/core/keyset'
import { readCase } from '#app/core/read_case'
import LabResult from '#app/labs/lab_result'
import LabResultPolicy from '#app/labs/lab_result_policy'
import {
  chartLabResultsValidator,
  listLabResultsValidator,
  openLabResultValidator,
} from '#app/labs/lab_result_validator'
import { hideUnreleasedOwn, readableInChart, withinReach } from '#app/labs/reach'
import Patient, { isKept } from '#app/patients/patient'

type LabQuery = ModelQueryBuilderContract<typeof LabResult>
type Filters = Omit<Infer<typeof listLabResultsValidator>, 'performed_by'>

function include(query: LabQuery, relations: readonly string[] = []) {
  if (relations.includes('addenda')) void query.preload('addenda', (of) => void Addendum.named(of as never))
  if (relations.includes('patient')) void query.preload('patient', (of) => void of.select(...Patient.SUMMARY))
  return query
}

function pageOfResults(
  query: LabQuery,
  { status, from, to, sort = '-result_date', ...rest }: Filters,
  within?: string
) {
  if (status) void query.where('lab_results.status', status)
  if (from) void query.where('lab_results.result_date', '>=', toSqlInstant(new Date(from)))
  if (to) void query.where('lab_results.result_date', '<', toSqlInstant(new Date(to)))
  const direction = sort === 'result_date' ? 'asc' : 'desc'
  const order = { list: 'labs', column: 'result_date', kind: 'instant', direction, within } as const
  return pageOf(include(query, rest.include), 'lab_results', order, rest)
}

function uuidsOf({ rows }: Page<LabResult>) {
  return { uuids: rows.map(({ uuid }) => uuid) }
}

/** Opens one result, with what `include` names. */
export const openLabResult = readCase({
  name: 'labs.open',
  input: openLabResultValidator,
  find({ id, include: relations }, { caller, client }) {
    const query = LabResult.named(LabResult.query({ client })).where('lab_results.uuid', id)
    return findInChart(include(withinReach(query, caller.user), relations), { caller, client })
  },
  policy: [LabResultPolicy, 'view'],
  access: toldAccess('labs.open'),
  run: ({ subject }) => subject,
})

/** The results of one patient, the latest first. */
export const listChartLabResults = readCase({
  name: 'labs.list',
  input: chartLabResultsValidator,
  find: ({ patient }, scope) => findOwner(patient, scope),
  policy: [LabResultPolicy, 'viewChart'],
  access: toldAccess('labs.list'),
  details: uuidsOf,
  run({ subject: { owner }, caller, client }, { patient: _, ...filters }) {
    const query = LabResult.named(LabResult.query({ client }))
    return pageOfResults(readableInChart(query, caller.user, owner), filters, 'patient_id')
  },
})

/** What the caller has entered; anybody's for whoever reads every chart, which is reviewed. */
export const listLabResults = readCase({
  name: 'labs.list_own',
  input: listLabResultsValidator,
  find: () => null,
  policy: [LabResultPolicy, 'viewAny'],
  access: toldWideAccess('labs.list_own'),
  details: uuidsOf,
  run({ caller, client }, { performed_by, ...filters }) {
    const query = LabResult.named(LabResult.query({ client })).whereRaw(isKept('lab_results.patient_id'))
    const readsAll = caller.user.can('charts.view_any')
    if (readsAll) void hideUnreleasedOwn(query, caller.user)
    else void query.where('lab_results.performed_by', caller.user.id ?? 0)
    // One value and not `in`, which the planner takes for several: their rows would be put in order anew.
    if (performed_by)
      void query.whereRaw('lab_results.performed_by = (select u.id from users u where u.uuid = ?)', [performed_by])
    return pageOfResults(query, filters, readsAll && !performed_by ? filters.status && 'status' : 'performed_by')
  },
})
