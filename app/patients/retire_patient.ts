import { now } from '#app/core/clock'
import { StaleVersion } from '#app/core/problem'
import { useCase, type Scope } from '#app/core/use_case'
import Patient from '#app/patients/patient'
import PatientPolicy from '#app/patients/patient_policy'
import { AlreadyRetired, NotRetired } from '#app/patients/patient_problems'
import { versionedPatientValidator } from '#app/patients/patient_validator'

function findLocked({ id }: { id: string }, { caller, trx }: Scope) {
  return Patient.seenBy(caller.user, trx).where('uuid', id).forUpdate().firstOrFail()
}

/** Takes a record out of lists and searches. Nothing is deleted, and `restorePatient` undoes it. */
export const retirePatient = useCase({
  name: 'patients.retire',
  input: versionedPatientValidator,
  find: findLocked,
  policy: [PatientPolicy, 'delete'],
  async run({ subject: patient, save }, { version }) {
    if (patient.version !== version) throw new StaleVersion(patient.version, version)
    if (patient.isRetired) throw new AlreadyRetired()
    await save(patient.merge({ retiredAt: now() }))
    return patient
  },
})

export const restorePatient = useCase({
  name: 'patients.restore',
  input: versionedPatientValidator,
  find: findLocked,
  policy: [PatientPolicy, 'delete'],
  async run({ subject: patient, save }, { version }) {
    if (patient.version !== version) throw new StaleVersion(patient.version, version)
    if (!patient.isRetired) throw new NotRetired()
    await save(patient.merge({ retiredAt: null }))
    return patient
  },
})
