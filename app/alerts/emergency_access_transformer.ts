import { BaseTransformer } from '@adonisjs/core/transformers'
import type { Static } from 'typebox'
import type EmergencyAccess from '#app/alerts/emergency_access'
import { instant, shape, text, uuid } from '#app/http/shapes'

export const emergencyAccessShape = shape('EmergencyAccess', {
  id: uuid(),
  patient_id: uuid(),
  reason: text(),
  expires_at: instant(),
})

export default class EmergencyAccessTransformer extends BaseTransformer<EmergencyAccess> {
  toObject(): Static<typeof emergencyAccessShape> {
    const access = this.resource
    return {
      id: access.uuid,
      patient_id: access.patientUuid,
      reason: access.reason ?? '',
      expires_at: access.expiresAt.toISOString(),
    }
  }
}
