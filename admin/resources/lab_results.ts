import { browseLabResults, openLabResultRow } from '#app/labs/browse_lab_results'
import { LAB_STATES } from '#app/labs/lab_result_validator'
import { PATIENT } from '#admin/resources/related_charts'
import type { AdminResource } from '#admin/resource'

/** When there was a result, from whom; neither of what nor which. */
export const labResults: AdminResource = {
  id: 'lab_results',
  group: 'care',
  icon: 'Thermometer',
  permission: 'charts.view_any',
  title: 'patient',
  sort: { sortBy: 'date', direction: 'desc' },
  properties: {
    date: { type: 'datetime', inList: true, isFilter: true, isSortable: true },
    patient: { inList: true, isFilter: true },
    clinician: { inList: true, isFilter: true },
    status: { inList: true, isFilter: true, values: LAB_STATES },
    validated_at: { type: 'datetime' },
    validated_by: {},
    consultation: {},
    created_at: { type: 'datetime' },
    updated_at: { type: 'datetime' },
    uuid: {},
  },
  browse: browseLabResults,
  open: openLabResultRow,
  related: PATIENT,
}
