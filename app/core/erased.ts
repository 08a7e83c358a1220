import { Gone } from '#app/core/problem'

/** The patient was here; what was known of them is destroyed. */
class PatientErased extends Gone {
  constructor() {
    super('patient_erased')
  }
}

interface Told {
  isErased?: boolean
  owner?: { isErased?: boolean }
  patient?: { isErased?: boolean }
}

/**
 * Whoever may open the subject learns that nothing is left of it: a patient, or what stands in the chart of one. Asked by
 * the gates of every case, so that no door shows an erased patient as an empty one. Errors: Gone `patient_erased`.
 */
export function refuseErased(subject: unknown) {
  const { isErased, owner, patient } = (subject ?? {}) as Told
  if (isErased || owner?.isErased || patient?.isErased) throw new PatientErased()
}
