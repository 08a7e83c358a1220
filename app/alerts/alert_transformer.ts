import { BaseTransformer } from '@adonisjs/core/transformers'
import type { Static } from 'typebox'
import type Alert from '#app/alerts/alert'
import { ALERT_KINDS, ALERT_STATES } from '#app/alerts/alert_validator'
import { choice, instant, nullable, shape, text, uuid } from '#app/http/shapes'
import { patientSummaryShape, summaryOf } from '#app/patients/patient_transformer'
import { personOf, personShape } from '#app/users/person_transformer'

export const alertShape = shape('Alert', {
  id: uuid(),
  kind: choice(ALERT_KINDS),
  state: choice(ALERT_STATES),
  /** Who caused it; null for the operator at the machine. */
  user: nullable(personShape),
  patient: nullable(patientSummaryShape),
  entity: nullable(text()),
  entity_id: nullable(uuid()),
  /** Of an emergency access: the reason that was given, and until when the chart was open. */
  reason: nullable(text()),
  expires_at: nullable(instant()),
  reviewed_by: nullable(personShape),
  reviewed_at: nullable(instant()),
  created_at: instant(),
})

export default class AlertTransformer extends BaseTransformer<Alert> {
  toObject(): Static<typeof alertShape> {
    const alert = this.resource
    return {
      id: alert.uuid,
      kind: alert.kind,
      state: alert.state,
      user: alert.user ? personOf(alert.user) : null,
      patient: alert.patient ? summaryOf(alert.patient) : null,
      entity: alert.entity,
      entity_id: alert.entityUuid,
      reason: alert.emergencyAccess?.reason ?? null,
      expires_at: alert.emergencyAccess?.expiresAt.toISOString() ?? null,
      reviewed_by: alert.reviewer ? personOf(alert.reviewer) : null,
      reviewed_at: alert.reviewedAt?.toISOString() ?? null,
      created_at: alert.createdAt.toISOString(),
    }
  }
}
