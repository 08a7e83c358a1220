import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { moveClock } from '#app/core/clock'
import { newUuid } from '#app/core/ids'
import { apiCaller, apiCallerWith, type ApiCaller } from '#tests/functional/api_caller'
import { ageRow, patientOf, someConsultation } from '#tests/functional/charts/some_chart'
import { auditOf } from '#tests/functional/core/probe'
import { someResult } from '#tests/functional/labs/some_result'
import { somePrescription } from '#tests/functional/prescriptions/some_prescription'
import { aNote, anAllergy, someRecord } from '#tests/functional/records/some_record'
import { someone } from '#tests/acting'

const API = '/api/v1'
const text = 'Vu avec la famille : une cousine a eu la même chose'

/** A chart of one doctor and one laboratory, with one record of each kind, by their addresses. */
async function aChart(client: Parameters<typeof apiCallerWith>[0]) {
  const [doctor, nurse, lab] = [
    await apiCallerWith(client, 'doctor'),
    await apiCallerWith(client, 'nurse'),
    await apiCallerWith(client, 'lab'),
  ]
  const patient = await patientOf(doctor.user, nurse.user)
  const consultation = await someConsultation(doctor.user, patient)
  const prescription = await somePrescription(doctor.user, consultation)
  const at = {
    consultation: `${API}/consultations/${consultation.uuid}`,
    prescription: `${API}/consultations/${consultation.uuid}/prescriptions/${prescription.uuid}`,
    note: `${API}/medical-records/${(await someRecord(doctor.user, aNote(patient))).uuid}`,
    allergy: `${API}/medical-records/${(await someRecord(doctor.user, anAllergy(patient))).uuid}`,
    result: `${API}/lab-results/${(await someResult(lab.user, patient)).uuid}`,
  }
  return { doctor, nurse, lab, patient, consultation, at }
}

const add = (caller: ApiCaller, path: string, body: object = { text }) => caller.post(`${path}/addenda`, body)

test.group('An addendum is refused', () => {
  test('to whoever may not write that kind into the chart', async ({ client, assert }) => {
    const { doctor, nurse, lab, patient, at } = await aChart(client)
    const own = await someone('patient')
    await db.from('patients').where('id', patient.id).update({ user_id: own.id })
    const others: Record<string, ApiCaller> = {
      doctor,
      nurse,
      lab,
      own: await apiCaller(client, own),
      stranger: await apiCallerWith(client, 'doctor'),
      otherLab: await apiCallerWith(client, 'lab'),
      admin: await apiCallerWith(client, 'admin'),
      reception: await apiCallerWith(client, 'reception'),
    }
    const allowed: Record<keyof typeof at, string[]> = {
      consultation: ['doctor', 'nurse'],
      prescription: ['doctor'],
      note: ['doctor', 'nurse'],
      allergy: ['doctor'],
      result: ['lab'],
    }
    for (const [kind, path] of Object.entries(at))
      for (const [who, caller] of Object.entries(others)) {
        const answer = await add(caller, path)
        const isHidden = kind === 'result' && ['own', 'otherLab'].includes(who)
        const expected = allowed[kind as keyof typeof at].includes(who) ? 201 : isHidden ? 404 : 403
        assert.equal(answer.status(), expected, `${who} ${kind}`)
      }
  }).timeout(60_000)

  test('without text, with an id that is in use, and for what is not there', async ({ client, assert }) => {
    const { doctor, at } = await aChart(client)
    for (const body of [{}, { text: ' ' }, { text: null }, { text, author_id: newUuid() }])
      assert.equal((await add(doctor, at.consultation, body)).status(), 422, JSON.stringify(body))
    const id = newUuid()
    assert.equal((await add(doctor, at.consultation, { id, text })).body().data.id, id)
    const again = await add(doctor, at.note, { id, text })
    assert.deepEqual([again.status(), again.body().code], [409, 'record_exists'])
    assert.equal((await add(doctor, `${API}/consultations/${newUuid()}`)).status(), 404)
    const { consultation } = await aChart(client)
    const misplaced = at.prescription.replace(/consultations\/[^/]+/, `consultations/${consultation.uuid}`)
    assert.equal((await add(doctor, misplaced)).status(), 404)
  })
})

test.group('An addendum', () => {
  test('is added to each kind, is read where the record is, and changes nothing of it', async ({ client, assert }) => {
    const { doctor, lab, patient, at } = await aChart(client)
    for (const [kind, path] of Object.entries(at)) {
      const author = kind === 'result' ? lab : doctor
      const before = (await doctor.get(path)).body().data
      const made = await add(author, path)
      assert.equal(made.status(), 201)
      const { data } = made.body()
      assert.deepInclude(data, { record_id: before.id, author_id: author.user.uuid, text })
      assert.deepEqual((await doctor.get(`${path}/addenda`)).body().data, [data])
      assert.deepEqual((await doctor.get(`${path}?include=addenda`)).body().data, { ...before, addenda: [data] })
      const [row] = await auditOf(made.requestId)
      assert.deepInclude(row, { entity: 'addendum', entity_uuid: data.id, patient_uuid: patient.uuid, outcome: 'done' })
      assert.match(row!.action, /\.add_addendum$/)
      assert.notInclude(JSON.stringify(row), 'cousine')
      const kept = await db.from('addenda').where('uuid', data.id).firstOrFail()
      assert.notInclude(Buffer.from(kept.text).toString('latin1'), 'cousine')
    }
  })

  test('is repeated to a laboratory, and not to a doctor who treats the patient no more', async ({
    client,
    assert,
  }) => {
    const { doctor, lab, patient, at } = await aChart(client)
    const key = { 'Idempotency-Key': newUuid() }
    const send = async (caller: ApiCaller, path: string) =>
      (await caller.post(`${path}/addenda`, { text }, key)).status()
    assert.deepEqual([await send(lab, at.result), await send(lab, at.result)], [201, 201])
    assert.deepEqual([await send(doctor, at.note), await send(doctor, at.note)], [201, 201])
    const admin = await apiCallerWith(client, 'admin')
    await admin.delete(`${API}/doctors/${doctor.user.uuid}/patients/${patient.uuid}`)
    assert.equal(await send(doctor, at.note), 403)
  })

  test('is not told of a record of another kind that has the same id', async ({ client, assert }) => {
    const { doctor, at } = await aChart(client)
    const stranger = await apiCallerWith(client, 'doctor', 'lab')
    const patient = await patientOf(stranger.user)
    const { uuid } = await someConsultation(stranger.user, patient)
    for (const path of [at.consultation, at.note]) {
      await add(doctor, path)
      const id = path.split('/').at(-1)!
      const copies = [
        someConsultation(stranger.user, patient, { id }),
        someRecord(stranger.user, aNote(patient, { id })),
        somePrescription(stranger.user, { uuid }, { id }),
        someResult(stranger.user, patient, { id }),
      ]
      const made = (await Promise.allSettled(copies)).filter(({ status }) => status === 'fulfilled')
      assert.lengthOf(made, 3, path)
      const addresses = ['consultations', 'medical-records', `consultations/${uuid}/prescriptions`, 'lab-results']
      for (const address of addresses) {
        const answer = await stranger.get(`${API}/${address}/${id}?include=addenda`)
        if (answer.status() === 200) assert.deepEqual(answer.body().data.addenda, [], address)
        else assert.equal(answer.status(), 403)
      }
    }
  })

  test('is allowed at any time, by the author too, and to what is cancelled', async ({ client, assert }) => {
    const { doctor, nurse, consultation, at } = await aChart(client)
    await ageRow('consultations', consultation.uuid, 1000)
    const late = await nurse.patch(at.consultation, { version: 1, notes: 'Revu' })
    assert.deepEqual([late.status(), late.body().code], [403, 'addendum_required'])
    assert.equal((await add(nurse, at.consultation)).status(), 201)
    await doctor.post(`${at.consultation}/cancellation`, { version: 1, reason: 'Doublon' })
    assert.equal((await add(doctor, at.consultation)).status(), 201)
    assert.equal((await add(doctor, at.prescription)).status(), 201)
  })

  test('stands in a list, the oldest first, in pages', async ({ client, assert }) => {
    const { doctor, at } = await aChart(client)
    const made: string[] = []
    try {
      for (let n = 0; n < 5; n++) {
        moveClock(n * 1000)
        made.push((await add(doctor, at.note, { text: `Ajout ${n}` })).body().data.id)
      }
    } finally {
      moveClock(0)
    }
    const seen: string[] = []
    let next: string | null = ''
    while (next !== null) {
      const { data, meta } = (await doctor.get(`${at.note}/addenda?limit=2${next && `&cursor=${next}`}`)).body()
      seen.push(...data.map(({ id }: { id: string }) => id))
      next = meta.next_cursor
    }
    assert.deepEqual(seen, made)
  })

  test('sent again with its key is there once', async ({ client, assert }) => {
    const { lab, at } = await aChart(client)
    const key = { 'Idempotency-Key': newUuid() }
    const first = await lab.post(`${at.result}/addenda`, { text }, key)
    const again = await lab.post(`${at.result}/addenda`, { text }, key)
    assert.deepEqual([first.status(), again.status(), again.body()], [201, 201, first.body()])
    assert.lengthOf((await lab.get(`${at.result}/addenda`)).body().data, 1)
  })
})
