import { ALERT_KINDS, ALERT_STATES } from '#app/alerts/alert_validator'
import { browseAlerts, openAlertRow } from '#app/alerts/browse_alerts'
import { reviewAlert } from '#app/alerts/review_alert'
import type { AdminResource } from '#admin/resource'

/** What somebody has to look at, what is not reviewed first. What the reviewer comments stays in the audit. */
export const alerts: AdminResource = {
  id: 'alerts',
  group: 'audit',
  icon: 'AlertTriangle',
  permission: 'alerts.review',
  title: 'person',
  sort: { sortBy: 'created_at', direction: 'desc' },
  properties: {
    person: { inList: true, isFilter: true },
    state: { inList: true, isFilter: true, values: ALERT_STATES },
    created_at: { type: 'datetime', inList: true, isFilter: true, isSortable: true },
    kind: { inList: true, isFilter: true, values: ALERT_KINDS },
    mrn: { inList: true, isFilter: true },
    patient: {},
    given_reason: {},
    expires_at: { type: 'datetime' },
    reviewed_by: {},
    reviewed_at: { type: 'datetime' },
  },
  browse: browseAlerts,
  open: openAlertRow,
  actions: {
    review: {
      gate: reviewAlert,
      permission: 'alerts.review',
      icon: 'CheckCircle',
      asksReason: true,
      isFor: ({ state }) => state === 'open',
      input: (row) => ({ id: row!.id }),
    },
  },
}
