import { toSqlInstant } from '#app/core/clock'
import { clinicalImporter } from '#app/imports/clinical_importer'
import LabResult from '#app/labs/lab_result'
import { importLabResultValidator } from '#app/labs/lab_result_validator'

interface Input {
  test_name: string
  result: string
  result_date: string
  code?: string | null
  code_system?: string | null
  value?: string | null
  unit?: string | null
  reference_range?: string | null
  flag?: string | null
  status?: string
}

export const importLabResults = clinicalImporter({
  entity: 'lab_result',
  table: 'lab_results',
  model: LabResult,
  validator: importLabResultValidator,
  references: {
    patient: { column: 'patient_id', required: true },
    consultation: { column: 'consultation_id', required: false },
    performed_by: { column: 'performed_by', required: false },
  },
  unsaid: () => ({ status: 'final' }),
  columns: (input: Input) => ({
    test_name: input.test_name,
    result: input.result,
    code: input.code || null,
    code_system: input.code_system || null,
    value: input.value || null,
    unit: input.unit || null,
    reference_range: input.reference_range || null,
    flag: input.flag || null,
    result_date: toSqlInstant(new Date(input.result_date)),
    status: input.status ?? null,
  }),
})
