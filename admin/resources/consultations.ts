import { browseConsultations, openConsultationRow } from '#app/consultations/browse_consultations'
import { CONSULTATION_STATES } from '#app/consultations/consultation_validator'
import { PATIENT } from '#admin/resources/related_charts'
import type { AdminResource } from '#admin/resource'

/** When somebody was seen, and by whom; nothing of what was said. */
export const consultations: AdminResource = {
  id: 'consultations',
  group: 'care',
  icon: 'Clipboard',
  permission: 'charts.view_any',
  title: 'patient',
  sort: { sortBy: 'date', direction: 'desc' },
  properties: {
    date: { type: 'datetime', inList: true, isFilter: true, isSortable: true },
    patient: { inList: true, isFilter: true },
    clinician: { inList: true, isFilter: true },
    status: { inList: true, isFilter: true, values: CONSULTATION_STATES },
    cancelled_at: { type: 'datetime' },
    created_at: { type: 'datetime' },
    updated_at: { type: 'datetime' },
    uuid: {},
  },
  browse: browseConsultations,
  open: openConsultationRow,
  related: PATIENT,
}
