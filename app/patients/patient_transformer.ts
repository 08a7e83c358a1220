import { BaseTransformer } from '@adonisjs/core/transformers'
import Type, { type Static } from 'typebox'
import { assignedDoctorShape, assignedDoctorData } from '#app/doctors/assignment_transformer'
import { choice, day, instant, listOf, nullable, shape, text, uuid, version } from '#app/http/shapes'
import type Patient from '#app/patients/patient'
import { SEXES } from '#app/patients/patient_validator'

const told = {
  id: uuid(),
  mrn: text(),
  family_name: text(),
  given_name: text(),
  sex: choice(SEXES),
  dob: day(),
}

/** What tells people apart, for whoever looks for somebody that is not theirs. */
export const patientSummaryShape = shape('PatientSummary', told)

export const patientShape = shape('Patient', {
  ...told,
  national_id: nullable(text()),
  national_id_country: nullable(text()),
  phone: nullable(text()),
  email: nullable(text()),
  address: nullable(text()),
  deceased_at: nullable(instant()),
  retired_at: nullable(instant()),
  version: version(),
  created_at: instant(),
  updated_at: instant(),
  /** Where `include` asks for them. */
  doctors: Type.Optional(listOf(assignedDoctorShape)),
})

/** An identity as it leaves for somebody who may open it. */
export default class PatientTransformer extends BaseTransformer<Patient> {
  toObject() {
    return patientData(this.resource)
  }

  forSummary() {
    return summaryOf(this.resource)
  }
}

export function patientData(patient: Patient): Static<typeof patientShape> {
  const { openAssignments } = patient
  return {
    ...summaryOf(patient),
    national_id: patient.nationalId,
    national_id_country: patient.nationalIdCountry,
    phone: patient.phone,
    email: patient.email,
    address: patient.address,
    deceased_at: patient.deceasedAt?.toISOString() ?? null,
    retired_at: patient.retiredAt?.toISOString() ?? null,
    version: patient.version,
    created_at: patient.createdAt.toISOString(),
    updated_at: patient.updatedAt.toISOString(),
    ...(openAssignments && { doctors: openAssignments.map(assignedDoctorData) }),
  }
}

export function summaryOf(patient: Patient): Static<typeof patientSummaryShape> {
  return {
    id: patient.uuid,
    mrn: patient.mrn,
    family_name: patient.familyName,
    given_name: patient.givenName,
    sex: patient.sex,
    dob: patient.dob,
  }
}
