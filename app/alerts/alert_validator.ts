import vine from '@vinejs/vine'
import { paging, prose, rowUuid } from '#app/core/rules'

export const ALERT_KINDS = ['emergency_access', 'late_entry'] as const
export const ALERT_STATES = ['open', 'reviewed'] as const

export const emergencyAccessValidator = vine.create({
  patient_id: rowUuid(),
  reason: prose(2_000).minLength(1),
})

export const oneAlertValidator = vine.create({ id: rowUuid() })

export const listAlertsValidator = vine.create({
  state: vine.enum(ALERT_STATES).optional(),
  kind: vine.enum(ALERT_KINDS).optional(),
  ...paging(),
})
