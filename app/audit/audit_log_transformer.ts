import { BaseTransformer } from '@adonisjs/core/transformers'
import Type, { type Static } from 'typebox'
import type AuditLog from '#app/audit/audit_log'
import { OUTCOMES } from '#app/audit/audit_validator'
import { choice, instant, nullable, shape, text, uuid, whole } from '#app/http/shapes'

const entry = {
  at: instant(),
  /** Null for the operator at the machine, and where nobody was signed in. */
  user_id: nullable(uuid()),
  user_name: nullable(text()),
  /** The roles at that time, separated by commas. */
  role: nullable(text()),
  action: text(),
  entity: nullable(text()),
  entity_id: nullable(uuid()),
  outcome: choice(OUTCOMES),
  via: nullable(text()),
}

export const auditLogShape = shape('AuditLog', {
  id: uuid(),
  ...entry,
  patient_id: nullable(uuid()),
  http_status: nullable(whole()),
  ip_address: nullable(text()),
  user_agent: nullable(text()),
  request_id: nullable(text()),
  /** Ids and names of fields, by the action. */
  details: Type.Record(Type.String(), Type.Unknown()),
})

/** What a patient is told: who it was and by what right, not from where. */
export const accessShape = shape('Access', { ...entry, access: nullable(text()) })

export default class AuditLogTransformer extends BaseTransformer<AuditLog> {
  toObject(): Static<typeof auditLogShape> {
    const log = this.resource
    return {
      id: log.uid,
      ...entryOf(log),
      patient_id: log.patientUuid,
      http_status: log.httpStatus,
      ip_address: log.ipAddress,
      user_agent: log.userAgent,
      request_id: log.requestId,
      details: besidesDoor(log.told),
    }
  }

  forPatient(): Static<typeof accessShape> {
    return { ...entryOf(this.resource), access: this.resource.told.access ?? null }
  }
}

const besidesDoor = ({ via: _, ...details }: AuditLog['told']) => details

function entryOf(log: AuditLog) {
  return {
    at: log.createdAt.toISOString(),
    user_id: log.userUuid,
    user_name: log.userName,
    role: log.role,
    action: log.action,
    entity: log.entity,
    entity_id: log.entityUuid,
    outcome: log.outcome,
    via: log.told.via ?? null,
  }
}
