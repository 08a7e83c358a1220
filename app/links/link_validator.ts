import vine from '@vinejs/vine'
import { line, rowUuid } from '#app/core/rules'
import { patientFields } from '#app/patients/patient_validator'

export const chartOfPatientValidator = vine.create({ patient_id: rowUuid() })
export const oneCodeValidator = vine.create({ id: rowUuid(), patient_id: rowUuid() })

export const linkChartValidator = vine.create({
  national_id: line(32),
  /** That of the clinic where none is named. */
  national_id_country: patientFields.national_id_country.clone(),
  dob: patientFields.dob.clone(),
  /** As it was read from the slip: case, spaces and hyphens do not matter. */
  code: vine
    .string()
    .trim()
    .maxLength(32)
    .regex(/^[A-Za-z0-9 -]+$/),
})
