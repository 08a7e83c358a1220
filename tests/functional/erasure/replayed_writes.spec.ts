import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import { someone } from '#tests/acting'
import { apiCaller, apiCallerWith, PATIENTS, type Answer, type ApiCaller } from '#tests/functional/api_caller'
import { aConsultation, patientOf, someConsultation } from '#tests/functional/charts/some_chart'
import { auditOf } from '#tests/functional/core/probe'
import { erase } from '#tests/functional/erasure/some_erasure'
import { aResult, RESULTS, someResult } from '#tests/functional/labs/some_result'
import { aPatient, someWord } from '#tests/functional/patients/some_patient'
import { aMedicine, somePrescription } from '#tests/functional/prescriptions/some_prescription'
import { aNote, RECORDS } from '#tests/functional/records/some_record'
import { aMutation, deviceOf, statuses } from '#tests/functional/sync/device_caller'

const VISITS = '/api/v1/consultations'

test.group('A write that was done before its patient was erased', () => {
  test('is 410 to the device that brings it again, be it applied or in conflict, with nothing of what it said', async ({
    client,
    assert,
  }) => {
    const doctor = await someone('doctor')
    const patient = await patientOf(doctor)
    const [device, word] = [await deviceOf(client, doctor), someWord()]
    const visit = aMutation('consultations.record', aConsultation(patient, { reason: word }))
    const uuid = visit.client_generated_uuid
    const here = { client_generated_uuid: uuid, base_version: 1, base: { reason: word } }
    const mutations = [
      visit,
      aMutation('prescriptions.prescribe', { consultation: uuid, ...aMedicine({ dosage: word }) }),
      aMutation('records.add', aNote(patient, { description: word })),
      aMutation('consultations.add_addendum', { record_id: uuid, text: word }),
      aMutation('consultations.correct', { reason: `${word} two` }, here),
      aMutation('consultations.correct', { reason: `${word} three` }, here),
    ]
    const first = await device.push(...mutations)
    assert.deepEqual(statuses(first.results), [...Array(5).fill('applied'), 'conflict'])
    const again = await device.push(...mutations)
    assert.deepEqual(statuses(again.results), [...Array(5).fill('duplicate'), 'conflict'])
    assert.include(again.text(), word)
    await erase(patient)
    const replayed = await device.push(...mutations)
    assert.deepEqual(
      replayed.results.map(({ status, http_status, problem }) => [status, http_status, problem?.code]),
      Array(mutations.length).fill(['rejected', 410, 'patient_erased'])
    )
    assert.notInclude(replayed.text(), word)
    const entries = await auditOf(replayed.requestId)
    assert.deepEqual(
      entries.map(({ outcome }) => outcome),
      Array(mutations.length).fill('refused')
    )
  })

  test('tells a device that has lost the patient neither: not even of the erasure', async ({ client, assert }) => {
    const [doctor, nurse] = [await someone('doctor'), await someone('nurse')]
    const patient = await patientOf(doctor)
    const device = await deviceOf(client, nurse)
    const note = aMutation('records.add', aNote(patient))
    await erase(patient)
    const [{ status, http_status }] = (await device.push(note)).results
    assert.deepEqual([status, http_status], ['rejected', 403])
  })

  test('is 410 under its Idempotency-Key, whatever it wrote', async ({ client, assert }) => {
    const [doctor, lab, admin] = [await someone('doctor'), await someone('lab'), await apiCallerWith(client, 'admin')]
    const [treating, laboratory] = [await apiCaller(client, doctor), await apiCaller(client, lab)]
    const stranger = await apiCallerWith(client, 'doctor')
    const [patient, word] = [await patientOf(doctor), someWord()]
    const [visit, second] = [await someConsultation(doctor, patient), await someConsultation(doctor, patient)]
    const medicine = await somePrescription(doctor, visit)
    const entered = await someResult(lab, patient)
    const chart = `${PATIENTS}/${patient.uuid}`
    type Write = [ApiCaller, string, object]
    const writes: Write[] = [
      [treating, VISITS, aConsultation(patient, { reason: word })],
      [treating, `${VISITS}/${visit.uuid}/addenda`, { text: word }],
      [treating, `${VISITS}/${visit.uuid}/prescriptions`, aMedicine({ dosage: word })],
      [treating, `${VISITS}/${visit.uuid}/prescriptions/${medicine.uuid}/discontinuation`, { version: 1 }],
      [treating, `${VISITS}/${second.uuid}/cancellation`, { version: 1, reason: word }],
      [treating, RECORDS, aNote(patient, { description: word })],
      [laboratory, RESULTS, aResult(patient, { result: word })],
      [laboratory, `${RESULTS}/${entered.uuid}/validation`, { version: 1 }],
      [stranger, `${chart}/emergency-access`, { reason: word }],
      [admin, `${chart}/chart-code`, {}],
      [admin, `/api/v1/doctors/${stranger.user.uuid}/patients/${patient.uuid}`, {}],
    ]
    const keys = writes.map(() => ({ 'Idempotency-Key': randomUUID() }))
    const send = async () => {
      const answers: Answer[] = []
      for (const [at, [caller, path, body]] of writes.entries()) answers.push(await caller.post(path, body, keys[at]))
      return answers
    }
    for (const [at, answer] of (await send()).entries())
      assert.include([200, 201], answer.status(), `${writes[at]![1]} ${answer.text()}`)
    for (const answer of await send()) assert.equal(answer.header('idempotency-replayed'), 'true')
    await erase(patient)
    for (const [at, answer] of (await send()).entries()) {
      assert.deepEqual([answer.status(), answer.body().code], [410, 'patient_erased'], `${writes[at]![1]}`)
      assert.notInclude(answer.text(), word)
      const [entry, ...others] = await auditOf(answer.requestId)
      assert.deepEqual([entry!.outcome, others], ['refused', []], writes[at]![1])
    }
  })

  test('is 410 under its Idempotency-Key also where it registered the patient', async ({ client, assert }) => {
    const admin = await apiCallerWith(client, 'admin')
    const [key, body] = [{ 'Idempotency-Key': randomUUID() }, aPatient({ family_name: someWord() })]
    const { data } = (await admin.post(PATIENTS, body, key)).body()
    await erase({ uuid: data.id })
    const again = await admin.post(PATIENTS, body, key)
    assert.deepEqual([again.status(), again.body().code], [410, 'patient_erased'])
    assert.notInclude(again.text(), body.family_name)
  })
})
