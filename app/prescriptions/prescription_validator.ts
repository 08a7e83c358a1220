import vine from '@vinejs/vine'
import { line, moment, prose } from '#app/core/rules'

export const PRESCRIPTION_STATES = ['active', 'completed', 'stopped'] as const

const code = () => line(64).nullable().optional()

const fields = {
  medicine: prose(500).minLength(1),
  code: code(),
  code_system: code(),
  dosage: prose(500).nullable().optional(),
  route: line(64).nullable().optional(),
  duration: prose(120).nullable().optional(),
  notes: prose(20_000).nullable().optional(),
}

/** A former system's prescription may be over. */
export const importPrescriptionValidator = vine.create({
  ...fields,
  status: vine.enum(PRESCRIPTION_STATES).optional(),
  prescribed_at: moment().nullable().optional(),
  stopped_at: moment().nullable().optional(),
})
