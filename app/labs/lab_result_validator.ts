import vine from '@vinejs/vine'
import { line, moment, prose } from '#app/core/rules'

const LAB_STATES = ['registered', 'preliminary', 'final', 'amended'] as const
/** HL7 v2 table 0078, the usual ones: low, high, critically low and high, normal, abnormal. */
const LAB_FLAGS = ['L', 'H', 'LL', 'HH', 'N', 'A'] as const

export const enterLabResultValidator = vine.create({
  test_name: prose(500).minLength(1),
  result: prose(5_000).minLength(1),
  result_date: moment(),
  code: line(64).nullable().optional(),
  code_system: line(64).nullable().optional(),
  value: line(64).nullable().optional(),
  /** UCUM. */
  unit: line(64).nullable().optional(),
  reference_range: line(120).nullable().optional(),
  flag: vine.enum(LAB_FLAGS).nullable().optional(),
  status: vine.enum(LAB_STATES).optional(),
})
