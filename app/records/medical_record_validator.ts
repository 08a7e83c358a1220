import vine from '@vinejs/vine'
import {
  deviceUuid,
  line,
  moment,
  oneOrMore,
  paging,
  pastMoment,
  prose,
  rowUuid,
  unlessNull,
  versionNumber,
} from '#app/core/rules'
import { recordContent } from '#app/records/record_content'

export const RECORD_TYPES = [
  'allergy',
  'condition',
  'history',
  'vaccination',
  'vital_signs',
  'procedure',
  'note',
] as const
export const RECORD_STATES = ['active', 'resolved', 'entered_in_error'] as const

const description = () => prose(20_000).minLength(1)
const code = () => line(64).nullable().optional()

const fields = {
  code: code(),
  code_system: code(),
  occurred_at: pastMoment().nullable().optional(),
  ended_at: pastMoment().nullable().optional(),
  content: recordContent().nullable().optional(),
}

export const addMedicalRecordValidator = vine.create({
  id: deviceUuid().optional(),
  patient_id: rowUuid(),
  consultation_id: rowUuid().nullable().optional(),
  type: vine.enum(RECORD_TYPES),
  description: description(),
  ...fields,
})

/** The type stays: a record of another type is another record. */
export const amendMedicalRecordValidator = vine.create({
  id: rowUuid(),
  version: versionNumber(),
  description: description().use(unlessNull()).optional(),
  status: vine.enum(RECORD_STATES).use(unlessNull()).optional(),
  ...fields,
})

/** A former system's record has a status, and content of a shape of its own. */
export const importMedicalRecordValidator = vine.create({
  type: vine.enum(RECORD_TYPES),
  description: description(),
  code: code(),
  code_system: code(),
  occurred_at: moment().nullable().optional(),
  ended_at: moment().nullable().optional(),
  status: vine.enum(RECORD_STATES).optional(),
  content: vine.object({}).allowUnknownProperties().nullable().optional(),
})

const include = oneOrMore(['patient', 'addenda']).optional()

export const openMedicalRecordValidator = vine.create({ id: rowUuid(), include: include.clone() })

export const chartRecordsValidator = vine.create({
  patient: rowUuid(),
  type: vine.enum(RECORD_TYPES).optional(),
  status: vine.enum(RECORD_STATES).optional(),
  from: moment().optional(),
  to: moment().optional(),
  sort: vine.enum(['timeline_at', '-timeline_at']).optional(),
  include,
  ...paging(),
})
