import { browsePrescriptions, openPrescriptionRow } from '#app/prescriptions/browse_prescriptions'
import { PRESCRIPTION_STATES } from '#app/prescriptions/prescription_validator'
import { PATIENT } from '#admin/resources/related_charts'
import type { AdminResource } from '#admin/resource'

/** When something was prescribed, and by whom; not what. */
export const prescriptions: AdminResource = {
  id: 'prescriptions',
  group: 'care',
  icon: 'Edit',
  permission: 'charts.view_any',
  title: 'patient',
  properties: {
    date: { type: 'datetime', inList: true, isFilter: true },
    patient: { inList: true, isFilter: true },
    clinician: { inList: true, isFilter: true },
    status: { inList: true, isFilter: true, values: PRESCRIPTION_STATES },
    stopped_at: { type: 'datetime' },
    stopped_by: {},
    consultation: {},
    created_at: { type: 'datetime' },
    updated_at: { type: 'datetime' },
    uuid: {},
  },
  browse: browsePrescriptions,
  open: openPrescriptionRow,
  related: PATIENT,
}
