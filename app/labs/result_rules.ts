import { refuseBeforeBirth } from '#app/charts/correction_window'
import { now } from '#app/core/clock'
import type LabResult from '#app/labs/lab_result'
import { ResultInFuture, UnitWithoutValue } from '#app/labs/lab_result_problems'
import type Patient from '#app/patients/patient'

// A device of the laboratory and the server need not agree on the minute.
const CLOCK_SKEW = 5 * 60_000

interface Given {
  result_date?: string
  value?: string | null
  unit?: string | null
}

/**
 * Of what is given, and of the result as that leaves it; what a former system left stands until it is touched.
 * Errors: ResultInFuture, BeforeBirth, UnitWithoutValue.
 */
export function refuseResult(given: Given, { value, unit }: LabResult, { dob }: Patient) {
  if (given.result_date && Date.parse(given.result_date) > now().getTime() + CLOCK_SKEW) throw new ResultInFuture()
  refuseBeforeBirth(given.result_date, dob, '/result_date')
  const isTouched = given.value !== undefined || given.unit !== undefined
  if (isTouched && unit && !value) throw new UnitWithoutValue()
}
