import vine from '@vinejs/vine'
import { line, moment, prose } from '#app/core/rules'

const RECORD_TYPES = ['allergy', 'condition', 'history', 'vaccination', 'vital_signs', 'procedure', 'note'] as const
const RECORD_STATES = ['active', 'resolved', 'entered_in_error'] as const

export const addMedicalRecordValidator = vine.create({
  type: vine.enum(RECORD_TYPES),
  description: prose(20_000).minLength(1),
  code: line(64).nullable().optional(),
  code_system: line(64).nullable().optional(),
  occurred_at: moment().nullable().optional(),
  ended_at: moment().nullable().optional(),
  status: vine.enum(RECORD_STATES).optional(),
  /** What the type adds: `{value, unit}` of a vital sign, `{severity, reactions}` of an allergy. */
  content: vine.object({}).allowUnknownProperties().nullable().optional(),
})
