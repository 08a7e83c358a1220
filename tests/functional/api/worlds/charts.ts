import { ADDENDA } from '#app/charts/addenda_of_records'
import { callerOf } from '#tests/acting'
import type { Part } from '#tests/functional/api/example_world'

/** An addendum to each kind of record. */
export const charts: Part = async ({ people, values }) => {
  const text = 'Vu avec la famille'
  const consultation = values.consultation!
  const doctor = callerOf(people.doctor)
  const addendum = await ADDENDA.consultations.add(doctor, { record_id: consultation, text })
  await ADDENDA.prescriptions.add(doctor, { record_id: values.prescription!, consultation, text })
  await ADDENDA.medical_records.add(doctor, { record_id: values.record!, text })
  await ADDENDA.lab_results.add(callerOf(people.lab), { record_id: values.labResult!, text })
  return { addendum: addendum.uuid }
}
