import type { ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { moveClock } from '#app/core/clock'
import { unassignDoctor } from '#app/doctors/assign_doctor'
import { recordConsultation } from '#app/consultations/record_consultation'
import { callerOf, someone } from '#tests/acting'
import { apiCaller } from '#tests/functional/api_caller'
import { aConsultation, patientOf, someConsultation } from '#tests/functional/charts/some_chart'
import { auditOf } from '#tests/functional/core/probe'
import { aResult, someResult } from '#tests/functional/labs/some_result'
import { aMutation, deviceOf } from '#tests/functional/sync/device_caller'
import { refusalOf } from '#tests/functional/sync/pulling'

const A_DAY = 86_400_000

/** A doctor whose patient was given into other hands while the telephone had no network. */
async function formerDoctor(client: ApiClient, ...more: string[]) {
  const doctor = await someone('doctor', ...more)
  const patient = await patientOf(doctor)
  const consultation = await someConsultation(doctor, patient, { notes: 'A' })
  const device = await deviceOf(client, doctor)
  await unassignDoctor(callerOf(), { doctor_id: doctor.uuid, patient_id: patient.uuid })
  return { doctor, patient, consultation, device }
}

async function alertsAbout(client: ApiClient, entityId: string) {
  const admin = await apiCaller(client, await someone('admin'))
  const answer = await admin.get('/api/v1/alerts?kind=late_entry&state=open&limit=100')
  const all = answer.body().data as { id: string; entity_id: string; kind: string }[]
  return { admin, alerts: all.filter(({ entity_id }) => entity_id === entityId) }
}

test.group('Late work', (group) => {
  group.each.teardown(() => moveClock(0))

  test('that corrects is refused, and nothing is changed', async ({ client, assert }) => {
    const { device, consultation } = await formerDoctor(client)
    const here = { client_generated_uuid: consultation.uuid, base_version: 1, base: { notes: 'A' } }
    const answer = await device.push(
      aMutation('consultations.correct', { notes: 'B' }, here),
      aMutation('consultations.cancel', { reason: 'x' }, { ...here, base: {} })
    )
    assert.deepEqual(
      answer.results.map(({ status, http_status }) => [status, http_status]),
      [
        ['rejected', 403],
        ['rejected', 403],
      ]
    )
  })

  test('that came after thirty days is refused', async ({ client, assert }) => {
    const { device, patient } = await formerDoctor(client)
    moveClock(29 * A_DAY)
    const early = await device.push(aMutation('consultations.record', aConsultation(patient)))
    moveClock(30 * A_DAY - 60_000)
    const late = await device.push(aMutation('consultations.record', aConsultation(patient)))
    assert.deepEqual([early.status(), late.status()], [200, 200])
    const { user } = device
    moveClock(31 * A_DAY)
    const renewed = await deviceOf(client, user)
    const refused = await renewed.push(aMutation('consultations.record', aConsultation(patient)))
    assert.deepEqual([refused.status(), refused.results[0].problem.code], [403, 'forbidden'])
  })

  test('is for what a device brings, and for nothing that is written in front of the server', async ({
    client,
    assert,
  }) => {
    const { doctor, patient, consultation } = await formerDoctor(client)
    assert.equal((await refusalOf(recordConsultation(callerOf(doctor), aConsultation(patient)))).code, 'forbidden')
    const api = await apiCaller(client, doctor)
    assert.equal((await api.post('/api/v1/consultations', aConsultation(patient))).status(), 403)
    assert.equal((await api.get(`/api/v1/consultations/${consultation.uuid}`)).status(), 403)
  })

  test('of somebody who never treated the patient is refused', async ({ client, assert }) => {
    const { patient } = await formerDoctor(client)
    const device = await deviceOf(client, await someone('doctor'))
    const answer = await device.push(aMutation('consultations.record', aConsultation(patient)))
    assert.equal(answer.status(), 403)
  })

  test('of every kind is accepted, says so, and waits for a review', async ({ client, assert }) => {
    const { doctor, device, patient, consultation } = await formerDoctor(client)
    const patient_id = patient.uuid
    const held = aMutation('consultations.record', aConsultation(patient))
    const mutations = [
      held,
      aMutation('prescriptions.prescribe', { consultation: held.client_generated_uuid, medicine: 'Amoxicilline' }),
      aMutation('records.add', { patient_id, type: 'note', description: 'Vu à domicile' }),
      aMutation('consultations.add_addendum', { record_id: consultation.uuid, text: 'À revoir' }),
    ]
    const answer = await device.push(...mutations)
    for (const [index, { client_generated_uuid: id }] of mutations.entries()) {
      const result = answer.results[index]
      assert.deepInclude(result, { status: 'applied', late: true }, mutations[index]!.name)
      const { alerts } = await alertsAbout(client, id)
      assert.lengthOf(alerts, 1, mutations[index]!.name)
      assert.deepInclude(alerts[0], { kind: 'late_entry', state: 'open', reason: null })
      assert.equal((alerts[0] as any).user.id, doctor.uuid)
      assert.equal((alerts[0] as any).patient.id, patient.uuid)
    }
    const told = await auditOf(answer.requestId)
    assert.lengthOf(told, 4)
    for (const { details } of told) assert.isTrue(JSON.parse(details).late)
  })

  test('of a laboratory’s result is accepted like any other', async ({ client, assert }) => {
    const { device, patient } = await formerDoctor(client, 'lab')
    const entered = aMutation('labs.enter', aResult(patient))
    const added = { record_id: entered.client_generated_uuid, text: 'À jeun' }
    const answer = await device.push(entered, aMutation('labs.add_addendum', added))
    for (const [index, id] of [entered.client_generated_uuid, answer.results[1].data.id].entries()) {
      assert.deepInclude(answer.results[index], { status: 'applied', late: true })
      const { alerts } = await alertsAbout(client, id)
      assert.deepEqual(
        alerts.map(({ kind }) => kind),
        ['late_entry']
      )
    }
  })

  test('on a result is done by whoever entered it, and refused on a colleague’s', async ({ client, assert }) => {
    const { device, doctor, patient } = await formerDoctor(client, 'lab')
    const [own, theirs] = [await someResult(doctor, patient), await someResult(await someone('lab'), patient)]
    const amend = ({ uuid }: { uuid: string }) => {
      const here = { client_generated_uuid: uuid, base_version: 1, base: { result: '1,42 g/L' } }
      return aMutation('labs.amend', { result: '1,44 g/L' }, here)
    }
    const answer = await device.push(amend(own), amend(theirs))
    assert.deepEqual(
      answer.results.map(({ status, http_status, late }) => [status, http_status, late]),
      [
        ['applied', undefined, undefined],
        ['rejected', 404, undefined],
      ]
    )
    assert.isEmpty((await alertsAbout(client, own.uuid)).alerts)
  })

  test('is told again to whoever repeats it, as late, and asks for one review only', async ({ client, assert }) => {
    const { device, patient } = await formerDoctor(client)
    const held = aMutation('consultations.record', aConsultation(patient))
    await device.push(held)
    const again = await device.push(held)
    assert.deepInclude(again.results[0], { status: 'duplicate', late: true, version: 1 })
    const [opened] = await auditOf(again.requestId)
    assert.deepEqual([opened!.action, JSON.parse(opened!.details).access], ['consultations.open', 'late'])
    const { admin, alerts } = await alertsAbout(client, held.client_generated_uuid)
    assert.lengthOf(alerts, 1)
    const reviewed = await admin.post(`/api/v1/alerts/${alerts[0]!.id}/review`)
    assert.deepEqual([reviewed.status(), reviewed.body().data.state], [200, 'reviewed'])
  })

  test('is no work of somebody who treats the patient', async ({ client, assert }) => {
    const doctor = await someone('doctor')
    const patient = await patientOf(doctor)
    const device = await deviceOf(client, doctor)
    const held = aMutation('consultations.record', aConsultation(patient))
    const answer = await device.push(held)
    assert.isUndefined(answer.results[0].late)
    assert.lengthOf((await alertsAbout(client, held.client_generated_uuid)).alerts, 0)
  })
})
