import { issueChartCode } from '#app/links/issue_chart_code'
import { callerOf } from '#tests/acting'
import type { Part } from '#tests/functional/api/example_world'
import { someDigits, somePatient } from '#tests/functional/patients/some_patient'

/** Somebody has been given a code at the desk. */
export const links: Part = async () => {
  const linkableNationalId = someDigits()
  const { uuid } = await somePatient({ national_id: linkableNationalId })
  const { value } = await issueChartCode(callerOf(), { patient_id: uuid })
  return { linkableNationalId, chartCode: value! }
}
