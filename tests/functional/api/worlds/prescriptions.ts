import { assignDoctor } from '#app/doctors/assign_doctor'
import Consultation from '#app/consultations/consultation'
import { stopPrescription } from '#app/prescriptions/amend_prescription'
import { callerOf, someone } from '#tests/acting'
import type { Part } from '#tests/functional/api/example_world'
import { ageRow } from '#tests/functional/charts/some_chart'
import { somePrescription } from '#tests/functional/prescriptions/some_prescription'

export const prescriptions: Part = async ({ people: { doctor }, values }) => {
  const consultation = await Consultation.findByOrFail('uuid', values.consultation!)
  const prescription = await somePrescription(doctor, consultation)
  const stopped = await somePrescription(doctor, consultation)
  const address = { consultation: consultation.uuid, id: stopped.uuid }
  await stopPrescription(callerOf(doctor), { ...address, version: 1 })
  const locum = await someone('doctor')
  await assignDoctor(callerOf(), { doctor_id: locum.uuid, patient_id: values.patient! })
  const elderPrescription = await somePrescription(locum, consultation)
  await ageRow('prescriptions', elderPrescription.uuid, 25)
  return { prescription: prescription.uuid, stopped: stopped.uuid, elderPrescription: elderPrescription.uuid }
}
