import vine from '@vinejs/vine'
import {
  day,
  deviceUuid,
  keptMoment,
  line,
  moment,
  oneOrMore,
  paging,
  prose,
  rowUuid,
  unlessNull,
  versionNumber,
} from '#app/core/rules'

export const CONSULTATION_STATES = ['planned', 'in_progress', 'finished', 'cancelled'] as const
/** What somebody writes down; `cancelled` comes only by a cancellation, which has a reason. */
const HELD = ['planned', 'in_progress', 'finished'] as const

const text = () => prose(20_000).nullable().optional()
const code = () => line(64).nullable().optional()

const fields = {
  reason: text(),
  diagnosis: text(),
  diagnosis_code: code(),
  diagnosis_code_system: code(),
  notes: text(),
  follow_up_on: day().nullable().optional(),
}

export const recordConsultationValidator = vine.create({
  id: deviceUuid().optional(),
  patient_id: rowUuid(),
  date: moment(),
  ...fields,
  status: vine.enum(HELD).optional(),
})

export const correctConsultationValidator = vine.create({
  id: rowUuid(),
  version: versionNumber(),
  date: keptMoment().optional(),
  ...fields,
  status: vine.enum(HELD).use(unlessNull()).optional(),
})

export const cancelConsultationValidator = vine.create({
  id: rowUuid(),
  version: versionNumber(),
  reason: prose(2_000).minLength(1),
})

/** A former system's consultation may have been cancelled there. */
export const importConsultationValidator = vine.create({
  date: moment(),
  ...fields,
  status: vine.enum(CONSULTATION_STATES).optional(),
})

const CONSULTATION_RELATIONS = ['patient', 'prescriptions', 'addenda'] as const
const include = oneOrMore(CONSULTATION_RELATIONS).optional()

export const openConsultationValidator = vine.create({ id: rowUuid(), include: include.clone() })

const filters = {
  status: vine.enum(CONSULTATION_STATES).optional(),
  from: moment().optional(),
  to: moment().optional(),
  sort: vine.enum(['date', '-date']).optional(),
  include,
  ...paging(),
}

export const chartConsultationsValidator = vine.create({ patient: rowUuid(), ...filters })
export const listConsultationsValidator = vine.create({ doctor_id: rowUuid().optional(), ...filters })
