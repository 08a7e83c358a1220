import vine from '@vinejs/vine'
import { day, line, moment, prose } from '#app/core/rules'

const CONSULTATION_STATES = ['planned', 'in_progress', 'finished', 'cancelled'] as const
const PRESCRIPTION_STATES = ['active', 'completed', 'stopped'] as const

const text = () => prose(20_000).nullable().optional()
const code = () => line(64).nullable().optional()

export const recordConsultationValidator = vine.create({
  date: moment(),
  reason: text(),
  diagnosis: text(),
  diagnosis_code: code(),
  diagnosis_code_system: code(),
  notes: text(),
  status: vine.enum(CONSULTATION_STATES).optional(),
  follow_up_on: day().nullable().optional(),
})

export const prescribeValidator = vine.create({
  medicine: prose(500).minLength(1),
  code: code(),
  code_system: code(),
  dosage: prose(500).nullable().optional(),
  route: line(64).nullable().optional(),
  duration: prose(120).nullable().optional(),
  notes: text(),
  status: vine.enum(PRESCRIPTION_STATES).optional(),
  prescribed_at: moment().nullable().optional(),
  stopped_at: moment().nullable().optional(),
})
