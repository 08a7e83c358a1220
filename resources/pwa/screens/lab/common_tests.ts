/** Tests of a health post, by LOINC; the reference ranges are a laboratory's own and are not given. */
export interface CommonTest {
  name: string
  code: string
  unit: string
}

export const COMMON_TESTS: readonly CommonTest[] = [
  { name: 'haemoglobin', code: '718-7', unit: 'g/dL' },
  { name: 'glucose', code: '14771-0', unit: 'mmol/L' },
  { name: 'malaria_rapid', code: '70569-9', unit: '' },
  { name: 'malaria_smear', code: '32700-7', unit: '' },
  { name: 'creatinine', code: '14682-9', unit: 'umol/L' },
  { name: 'crp', code: '1988-5', unit: 'mg/L' },
  { name: 'hiv', code: '68961-2', unit: '' },
  { name: 'urine_protein', code: '20454-5', unit: '' },
  { name: 'pregnancy', code: '2106-3', unit: '' },
]
