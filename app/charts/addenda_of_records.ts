import { addendaTo } from '#app/charts/addenda'
import Addendum from '#app/charts/addendum'
import { CONSULTATIONS, LAB_RESULTS, MEDICAL_RECORDS, PRESCRIPTIONS } from '#app/charts/chart_kinds'
import ChartPolicy from '#app/charts/chart_policy'
import { oneAddendumValidator } from '#app/charts/chart_validator'
import { findInChart } from '#app/charts/find_in_chart'
import { readCase } from '#app/core/read_case'

/** By the name that their routes have. */
export const ADDENDA = {
  consultations: addendaTo(CONSULTATIONS),
  prescriptions: addendaTo(PRESCRIPTIONS),
  medical_records: addendaTo(MEDICAL_RECORDS),
  lab_results: addendaTo(LAB_RESULTS),
}

/** Opens one addendum: what a repeated request is answered with. */
export const openAddendum = readCase({
  name: 'charts.open_addendum',
  input: oneAddendumValidator,
  find: ({ id }, { caller, client }) =>
    findInChart(Addendum.selected(Addendum.query({ client })).where('addenda.uuid', id), { caller, client }),
  policy: [ChartPolicy, 'viewAddendum'],
  run: ({ subject }) => subject,
})
