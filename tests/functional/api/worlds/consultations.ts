import db from '@adonisjs/lucid/services/db'
import { cancelConsultation } from '#app/consultations/correct_consultation'
import Patient from '#app/patients/patient'
import { callerOf } from '#tests/acting'
import type { Part, World } from '#tests/functional/api/example_world'
import { ageRow, someConsultation } from '#tests/functional/charts/some_chart'
import { somePrescription } from '#tests/functional/prescriptions/some_prescription'

export const consultations: Part = async (world) => {
  const { doctor, nurse } = world.people
  const patient = await Patient.findByOrFail('uuid', world.values.patient!)
  const consultation = await someConsultation(doctor, patient)
  const elder = await someConsultation(nurse, patient)
  await ageRow('consultations', elder.uuid, 25)
  const cancelled = await someConsultation(doctor, patient)
  const ofCancelled = await somePrescription(doctor, cancelled)
  await cancelConsultation(callerOf(doctor), { id: cancelled.uuid, version: 1, reason: 'Doublon' })
  return {
    consultation: consultation.uuid,
    elder: elder.uuid,
    cancelled: cancelled.uuid,
    ofCancelled: ofCancelled.uuid,
    ofRetired: (await ofRetired(world)).uuid,
  }
}

/** As if it had been held before the record was retired. */
async function ofRetired({ people, values }: World) {
  const retired = await Patient.findByOrFail('uuid', values.retired!)
  const row = () => db.from('patients').where('id', retired.id)
  const { retired_at } = await row().firstOrFail()
  await row().update({ retired_at: null })
  const consultation = await someConsultation(people.doctor, retired)
  await row().update({ retired_at })
  return consultation
}
