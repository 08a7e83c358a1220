import { alertShape } from '#app/alerts/alert_transformer'
import { breakGlass } from '#app/alerts/break_glass'
import { emergencyAccessShape } from '#app/alerts/emergency_access_transformer'
import { listAlerts, openAlert } from '#app/alerts/find_alerts'
import { reviewAlert } from '#app/alerts/review_alert'
import { EXAMPLE } from '#app/http/example_ids'
import type { Operations } from '#app/http/operation'

const UNCONSCIOUS = { reason: 'Arrivée inconsciente aux urgences' }

export const alertOperations: Operations = {
  'alerts.index': {
    gate: listAlerts,
    answer: { many: alertShape },
    as: 'admin',
    example: { query: { state: 'open', kind: 'emergency_access', limit: '10' } },
  },
  'alerts.show': {
    gate: openAlert,
    answer: { one: alertShape },
    as: 'admin',
    example: { params: { id: EXAMPLE.alert } },
  },
  'alert_reviews.store': {
    gate: reviewAlert,
    answer: { one: alertShape },
    as: 'admin',
    example: { params: { id: EXAMPLE.alert } },
    problems: {
      already_reviewed: { params: { id: EXAMPLE.reviewed } },
      own_alert: { params: { id: EXAMPLE.ownAlert } },
    },
  },
  'emergency_accesses.store': {
    gate: breakGlass,
    answer: { one: emergencyAccessShape },
    as: 'doctor',
    example: { params: { patient: EXAMPLE.stranger }, body: UNCONSCIOUS },
    problems: { already_open: { params: { patient: EXAMPLE.patient }, body: UNCONSCIOUS } },
  },
}
