import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import { inTransaction } from '#app/core/transaction'
import { prescribe } from '#app/prescriptions/prescribe'
import { addMedicalRecord } from '#app/records/add_medical_record'
import { callerOf } from '#tests/acting'
import { apiCallerWith } from '#tests/functional/api_caller'
import { patientOf, someConsultation } from '#tests/functional/charts/some_chart'
import { auditOf } from '#tests/functional/core/probe'
import { someAllergy } from '#tests/functional/prescriptions/some_allergy'
import { somePrescription } from '#tests/functional/prescriptions/some_prescription'

const AMOXICILLIN = { medicine: 'Amoxicilline 500 mg, gélule' }
const REASON = 'Seul traitement possible ; test cutané négatif'

async function anAllergicPatient(client: ApiClient, description = 'Pénicilline', more: object = {}) {
  const doctor = await apiCallerWith(client, 'doctor')
  const patient = await patientOf(doctor.user)
  const consultation = await someConsultation(doctor.user, patient)
  const allergy = await someAllergy(doctor.user, patient, description, more)
  return { doctor, patient, consultation, allergy, list: `/api/v1/consultations/${consultation.uuid}/prescriptions` }
}

test.group('A medicine to which the patient is allergic', () => {
  test('is refused, naming the record and not what it says', async ({ client, assert }) => {
    const { doctor, patient, allergy, list } = await anAllergicPatient(client)
    const answer = await doctor.post(list, AMOXICILLIN)
    assert.deepEqual([answer.status(), answer.body().code], [409, 'allergy_conflict'])
    assert.deepEqual(answer.body().allergies, [{ id: allergy.uuid }])
    assert.notMatch(answer.text(), /nicillin/i)
    const [row] = await auditOf(answer.requestId)
    assert.deepInclude(row, { action: 'prescriptions.prescribe', outcome: 'refused', patient_uuid: patient.uuid })
    assert.notMatch(row!.details, /nicillin|amoxi/i)
    assert.lengthOf(await db.from('prescriptions').where('patient_id', patient.id), 0)
  })

  test('is prescribed for a reason, which is kept and audited without its text', async ({ client, assert }) => {
    const { doctor, allergy, list } = await anAllergicPatient(client)
    for (const override_reason of ['', '   ', null])
      assert.equal((await doctor.post(list, { ...AMOXICILLIN, override_reason })).status(), 409)
    const made = await doctor.post(list, { ...AMOXICILLIN, override_reason: REASON })
    assert.deepEqual([made.status(), made.body().data.override_reason], [201, REASON])
    const [row] = await auditOf(made.requestId)
    assert.deepEqual(JSON.parse(row!.details).overridden, [allergy.uuid])
    assert.notInclude(row!.details, 'traitement')
    const stored = await db.from('prescriptions').where('uuid', made.body().data.id).firstOrFail()
    assert.notInclude(Buffer.from(stored.override_reason).toString('latin1'), 'traitement')
  })

  test('is refused by each allergy that matches, and by its code too', async ({ client, assert }) => {
    const { doctor, patient, allergy, list } = await anAllergicPatient(client, 'Antibiotique', {
      code: 'J01C',
      code_system: 'ATC',
    })
    const second = await someAllergy(doctor.user, patient, 'Amoxicilline')
    await someAllergy(doctor.user, patient, 'Arachide')
    const answer = await doctor.post(list, { ...AMOXICILLIN, code: 'J01CA04', code_system: 'ATC' })
    assert.sameDeepMembers(answer.body().allergies, [{ id: allergy.uuid }, { id: second.uuid }])
  })

  test('is no longer refused once the allergy is resolved or was an error', async ({ client, assert }) => {
    for (const status of ['resolved', 'entered_in_error']) {
      const { doctor, allergy, list } = await anAllergicPatient(client)
      const record = `/api/v1/medical-records/${allergy.uuid}`
      assert.equal((await doctor.patch(record, { version: 1, status })).status(), 200)
      const made = await doctor.post(list, AMOXICILLIN)
      assert.equal(made.status(), 201, status)
      assert.notProperty(JSON.parse((await auditOf(made.requestId))[0]!.details), 'overridden')
    }
  })

  test('is refused to nobody else: another patient, another record', async ({ client, assert }) => {
    const { doctor, patient, list } = await anAllergicPatient(client, 'Arachide')
    await someAllergy(doctor.user, await patientOf(doctor.user), 'Pénicilline')
    await someAllergy(doctor.user, patient, 'Pénicilline prescrite en ville', { type: 'history' })
    const made = await doctor.post(list, { ...AMOXICILLIN, override_reason: REASON })
    assert.deepEqual([made.status(), made.body().data.override_reason], [201, REASON], 'a reason is kept all the same')
    assert.equal((await doctor.post(list, AMOXICILLIN)).status(), 201)
  })

  test('is refused in an amendment too, and so is taking the reason back', async ({ client, assert }) => {
    const { doctor, consultation, allergy, list } = await anAllergicPatient(client)
    const { uuid } = await somePrescription(doctor.user, consultation)
    const path = `${list}/${uuid}`
    for (const change of [AMOXICILLIN, { code: 'J01CA04', code_system: 'ATC' }]) {
      const refused = await doctor.patch(path, { version: 1, ...change })
      assert.deepEqual([refused.status(), refused.body().code], [409, 'allergy_conflict'])
    }
    const amended = await doctor.patch(path, { version: 1, ...AMOXICILLIN, override_reason: REASON })
    assert.deepInclude(amended.body().data, { ...AMOXICILLIN, override_reason: REASON, version: 2 })
    assert.deepEqual(JSON.parse((await auditOf(amended.requestId))[0]!.details).overridden, [allergy.uuid])
    assert.equal((await doctor.patch(path, { version: 2, dosage: '1 gélule' })).status(), 200, 'what is not compared')
    const taken = await doctor.patch(path, { version: 3, override_reason: null })
    assert.deepEqual([taken.status(), taken.body().code], [409, 'allergy_conflict'])
    assert.equal((await doctor.patch(path, { version: 3, override_reason: 'Autre raison' })).status(), 200)
  })

  test('is refused where the allergy was noted in the same transaction', async ({ client, assert }) => {
    const { doctor, patient, consultation } = await anAllergicPatient(client, 'Arachide')
    await inTransaction(callerOf(doctor.user), async (owned) => {
      const joined = { ...callerOf(doctor.user), trx: owned }
      await addMedicalRecord(joined, { patient_id: patient.uuid, type: 'allergy', description: 'Pénicilline' })
      const refused = prescribe(joined, { consultation: consultation.uuid, ...AMOXICILLIN })
      await assert.rejects(() => refused, 'allergy_conflict')
    })
  })
})
