import db from '@adonisjs/lucid/services/db'
import { now, toSqlInstant } from '#app/core/clock'
import { newUuid } from '#app/core/ids'
import Patient from '#app/patients/patient'
import type User from '#app/users/user'
import { someone } from '#tests/acting'
import { ageRow } from '#tests/functional/charts/some_chart'
import type { Part } from '#tests/functional/api/example_world'
import { someResult, someValidated } from '#tests/functional/labs/some_result'
import { somePatient } from '#tests/functional/patients/some_patient'

export const labs: Part = async ({ people, values }) => {
  const patient = await Patient.findByOrFail('uuid', values.patient!)
  const labResult = await someResult(people.lab, patient)
  const validated = await someValidated(people.lab, patient)
  const treated = await somePatient()
  await letTreat(people.lab, treated)
  const elderResult = await someResult(await someone('lab'), treated)
  await ageRow('lab_results', elderResult.uuid, 25)
  return { labResult: labResult.uuid, validated: validated.uuid, elderResult: elderResult.uuid }
}

/** Written past the use-case, which assigns clinicians only: whoever works in a laboratory may treat somebody too. */
async function letTreat(user: User, patient: Patient) {
  const at = toSqlInstant(now())
  const reading = await db.from('permissions').where('name', 'charts.view').firstOrFail()
  await db.table('user_permissions').insert({ user_id: user.id, permission_id: reading.id })
  await db.table('doctor_patient').insert({
    uuid: newUuid(),
    doctor_id: user.id,
    patient_id: patient.id,
    assigned_at: at,
    is_open: 1,
    version: 1,
    created_at: at,
    updated_at: at,
  })
}
