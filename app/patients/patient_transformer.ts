import { BaseTransformer } from '@adonisjs/core/transformers'
import type Patient from '#app/patients/patient'

/** An identity as it leaves for somebody who may open it. */
export default class PatientTransformer extends BaseTransformer<Patient> {
  toObject() {
    const patient = this.resource
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
    }
  }

  /** What tells people apart, for whoever looks for somebody that is not theirs. */
  forSummary() {
    return summaryOf(this.resource)
  }
}

function summaryOf(patient: Patient) {
  return {
    id: patient.uuid,
    mrn: patient.mrn,
    family_name: patient.familyName,
    given_name: patient.givenName,
    sex: patient.sex,
    dob: patient.dob,
  }
}
