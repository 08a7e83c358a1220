import vine from '@vinejs/vine'
import {
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
import { ucumUnit } from '#app/records/ucum_unit'

export const LAB_STATES = ['registered', 'preliminary', 'final', 'amended'] as const
/** What whoever enters it says; the others come by a validation and by what is amended after it. */
const ENTERED = ['registered', 'preliminary'] as const
/** HL7 v2 table 0078, the usual ones: low, high, critically low and high, normal, abnormal. */
export const LAB_FLAGS = ['L', 'H', 'LL', 'HH', 'N', 'A'] as const

const testName = () => prose(500).minLength(1)
const result = () => prose(5_000).minLength(1)

const fields = {
  code: line(64).nullable().optional(),
  code_system: line(64).nullable().optional(),
  reference_range: line(120).nullable().optional(),
  flag: vine.enum(LAB_FLAGS).nullable().optional(),
}

/** A number as text, so that 5.10 stays 5.10, in the unit beside it; a ratio has none. */
const measured = {
  value: vine
    .string()
    .regex(/^-?\d{1,15}(\.\d{1,15})?$/)
    .nullable()
    .optional(),
  unit: ucumUnit().nullable().optional(),
}

export const enterLabResultValidator = vine.create({
  id: deviceUuid().optional(),
  patient_id: rowUuid(),
  consultation_id: rowUuid().nullable().optional(),
  test_name: testName(),
  result: result(),
  result_date: moment(),
  ...fields,
  ...measured,
  status: vine.enum(ENTERED).optional(),
})

export const amendLabResultValidator = vine.create({
  id: rowUuid(),
  version: versionNumber(),
  test_name: testName().use(unlessNull()).optional(),
  result: result().use(unlessNull()).optional(),
  result_date: keptMoment().optional(),
  ...fields,
  ...measured,
  status: vine.enum(ENTERED).use(unlessNull()).optional(),
})

export const validateLabResultValidator = vine.create({ id: rowUuid(), version: versionNumber() })

/** A former system's result may be validated, and its value and unit are written as they were there. */
export const importLabResultValidator = vine.create({
  test_name: testName(),
  result: result(),
  result_date: moment(),
  ...fields,
  value: line(64).nullable().optional(),
  unit: line(64).nullable().optional(),
  status: vine.enum(LAB_STATES).optional(),
})

const include = oneOrMore(['patient', 'addenda']).optional()

export const openLabResultValidator = vine.create({ id: rowUuid(), include: include.clone() })

const filters = {
  status: vine.enum(LAB_STATES).optional(),
  from: moment().optional(),
  to: moment().optional(),
  sort: vine.enum(['result_date', '-result_date']).optional(),
  include,
  ...paging(),
}

export const chartLabResultsValidator = vine.create({ patient: rowUuid(), ...filters })
export const listLabResultsValidator = vine.create({ performed_by: rowUuid().optional(), ...filters })
