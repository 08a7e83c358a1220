import db from '@adonisjs/lucid/services/db'
import { assignDoctor } from '#app/doctors/assign_doctor'
import { retirePatient } from '#app/patients/retire_patient'
import { callerOf } from '#tests/acting'
import type { Part } from '#tests/functional/api/example_world'
import { someDigits, somePatient } from '#tests/functional/patients/some_patient'

export const patients: Part = async ({ people }) => {
  const takenNationalId = someDigits()
  const takenMrn = `T-${someDigits()}`
  const patient = await somePatient()
  const retired = await somePatient()
  const stranger = await somePatient({ national_id: takenNationalId, mrn: takenMrn })
  for (const { uuid: id } of [patient, retired])
    for (const clinician of [people.doctor, people.nurse])
      await assignDoctor(callerOf(), { doctor_id: clinician.uuid, patient_id: id })
  await retirePatient(callerOf(), { id: retired.uuid, version: 1 })
  // What a code from the desk would do, past the limits of tries.
  await db.from('patients').where('id', patient.id).update({ user_id: people.patient.id })
  return {
    patient: patient.uuid,
    retired: retired.uuid,
    stranger: stranger.uuid,
    takenNationalId,
    takenMrn,
    freeNationalId: someDigits(),
    freeMrn: `F-${someDigits()}`,
  }
}
