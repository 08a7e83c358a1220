import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { apiCaller, apiCallerWith, PATIENTS } from '#tests/functional/api_caller'
import { patientOf, someConsultation } from '#tests/functional/charts/some_chart'
import { aResult, RESULTS, someResult, someValidated } from '#tests/functional/labs/some_result'
import { aNote, anAllergy, at, RECORDS, someRecord } from '#tests/functional/records/some_record'
import { somePrescription } from '#tests/functional/prescriptions/some_prescription'
import { someone } from '#tests/acting'

const CONSULTATIONS = '/api/v1/consultations'

test.group('A token with few abilities', () => {
  test('that does not name reading charts writes into none, as each answer shows what is there', async ({
    client,
    assert,
  }) => {
    const doctor = await someone('doctor')
    const patient = await patientOf(doctor)
    const consultation = await someConsultation(doctor, patient)
    const path = `${CONSULTATIONS}/${consultation.uuid}`
    const prescribed = `${path}/prescriptions/${(await somePrescription(doctor, consultation)).uuid}`
    const note = at(await someRecord(doctor, aNote(patient)))
    const writes = ['consultations.record', 'prescriptions.prescribe', 'medical_records.observe', 'medical_records.add']
    const token = await apiCaller(client, doctor, writes)
    const text = { text: 'Vu' }
    const answers = [
      await token.get(path),
      await token.get(CONSULTATIONS),
      await token.patch(path, { version: 1 }),
      await token.post(`${path}/cancellation`, { version: 1, reason: 'Doublon' }),
      await token.post(`${path}/addenda`, text),
      await token.patch(prescribed, { version: 1 }),
      await token.post(`${prescribed}/discontinuation`, { version: 1 }),
      await token.patch(note, { version: 1 }),
      await token.post(`${note}/addenda`, text),
      await token.post(RECORDS, anAllergy(patient)),
    ]
    for (const answer of answers) {
      assert.deepEqual([answer.status(), answer.body().code], [403, 'forbidden'])
      assert.notInclude(answer.text(), 'Fièvre')
    }
    const reading = await apiCaller(client, doctor, [...writes, 'charts.view'])
    assert.equal((await reading.patch(path, { version: 1, notes: 'Va mieux' })).status(), 200)
  })

  test('that does not name opening records corrects and retires none', async ({ client, assert }) => {
    const [doctor, admin] = [await someone('doctor'), await someone('admin')]
    const path = `${PATIENTS}/${(await patientOf(doctor)).uuid}`
    const correcting = await apiCaller(client, doctor, ['patients.correct'])
    assert.equal((await correcting.patch(path, { version: 1 })).status(), 403)
    const retiring = await apiCaller(client, admin, ['patients.correct_any', 'patients.retire'])
    assert.equal((await retiring.patch(path, { version: 1 })).status(), 403)
    assert.equal((await retiring.delete(path, { version: 1 })).status(), 403)
    assert.equal((await retiring.post(`${path}/restoration`, { version: 1 })).status(), 403)
    const whole = await apiCaller(client, admin, ['patients.view_any', 'patients.retire'])
    assert.equal((await whole.delete(path, { version: 1 })).status(), 200)
  })

  test('does not open the chart of its own user', async ({ client, assert }) => {
    const [user, lab] = [await someone('doctor'), await someone('lab')]
    const patient = await patientOf()
    await db.from('patients').where('id', patient.id).update({ user_id: user.id })
    const path = `${PATIENTS}/${patient.uuid}`
    const paths = [
      path,
      `${path}/history`,
      `${path}/accesses`,
      `${path}/timeline`,
      `${path}/lab-results`,
      `${RESULTS}/${(await someValidated(lab, patient)).uuid}`,
    ]
    const own = await apiCaller(client, user)
    for (const each of paths) assert.equal((await own.get(each)).status(), 200, each)
    for (const abilities of [['doctors.view'], ['patients.view', 'charts.view']]) {
      const narrow = await apiCaller(client, user, abilities)
      for (const each of paths) assert.equal((await narrow.get(each)).status(), 403, each)
      assert.deepEqual((await narrow.get(PATIENTS)).body().data, [])
    }
  })

  test('of an administrator hides what is not released of their own results too', async ({ client, assert }) => {
    const [user, lab] = [await someone('admin'), await apiCallerWith(client, 'lab')]
    const patient = await patientOf()
    await db.from('patients').where('id', patient.id).update({ user_id: user.id })
    const { uuid } = await someResult(lab.user, patient)
    const of = `performed_by=${lab.user.uuid}`
    const seen = async (abilities: string[]) => {
      const admin = await apiCaller(client, user, abilities)
      const lists = [
        `${RESULTS}?${of}`,
        `${PATIENTS}/${patient.uuid}/lab-results`,
        `${PATIENTS}/${patient.uuid}/timeline`,
      ]
      const answers = await Promise.all(
        [...lists, `${RESULTS}/${uuid}`, `${RESULTS}/${uuid}/history`].map((path) => admin.get(path))
      )
      return answers.map((answer) => answer.text().includes(`"id":"${uuid}"`))
    }
    for (const abilities of [['*'], ['charts.view_any']])
      assert.deepEqual(await seen(abilities), Array(5).fill(false), String(abilities))
    const stranger = await apiCallerWith(client, 'admin')
    assert.include((await stranger.get(`${RESULTS}?${of}`)).text(), uuid)
    await lab.post(`${RESULTS}/${uuid}/validation`, { version: 1 })
    assert.deepEqual(await seen(['*']), [true, true, true, true, true])
    assert.equal((await lab.post(RESULTS, aResult(patient))).status(), 201)
  })
})
