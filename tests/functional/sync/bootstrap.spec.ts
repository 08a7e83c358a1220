import { once } from 'node:events'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { buffer, text } from 'node:stream/consumers'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { unassignDoctor } from '#app/doctors/assign_doctor'
import { newUuid } from '#app/core/ids'
import type Patient from '#app/patients/patient'
import { beginLoad, loadCharts } from '#app/sync/bootstrap'
import type { BootstrapLine } from '#app/sync/protocol'
import { revokeDeviceOf } from '#app/sync/revoke_device'
import { verifyDevice } from '#app/sync/verify_device'
import type User from '#app/users/user'
import { callerOf, handDevice, someone } from '#tests/acting'
import { aConsultation, patientOf, someConsultation } from '#tests/functional/charts/some_chart'
import { auditOf, withAuditFault } from '#tests/functional/core/probe'
import { someResult } from '#tests/functional/labs/some_result'
import { somePatient } from '#tests/functional/patients/some_patient'
import { queriesOf } from '#tests/functional/queries'
import { aNote, someRecord } from '#tests/functional/records/some_record'
import { deviceOf } from '#tests/functional/sync/device_caller'
import { deviceAt, headNow, refusalOf } from '#tests/functional/sync/pulling'
import { readSyncCursor } from '#app/sync/sync_position'
import env from '#start/env'

const PATH = '/api/v1/sync/bootstrap'

/** A request of this user's device, whose answer is read as it comes. */
async function load(user: User, query: Record<string, string> = {}, headers: Record<string, string> = {}) {
  const requestId = newUuid()
  const credential = await handDevice(newUuid(), user)
  const all = { 'authorization': `Device ${credential}`, 'x-request-id': requestId, ...headers }
  const target = `${PATH}?${new URLSearchParams(query)}`
  const request = httpRequest({
    host: env.get('HOST'),
    port: env.get('PORT'),
    path: target,
    headers: all,
    agent: false,
  })
  request.end()
  const [answer] = (await once(request, 'response')) as [IncomingMessage]
  return { request, answer, requestId }
}

const linesIn = (lines: string) =>
  lines
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as BootstrapLine)

async function linesOf(user: User, query?: Record<string, string>) {
  const { answer, requestId } = await load(user, query)
  return { status: answer.statusCode, lines: linesIn(await text(answer)), requestId }
}

const patientsIn = (lines: BootstrapLine[]) => lines.flatMap((line) => (line.kind === 'chart' ? [line.patient.id] : []))
const sorted = (...patients: Patient[]) => patients.map(({ uuid }) => uuid).sort()

/** So many patients of this clinician, each with a record whose text packs badly. */
async function ward(doctor: User, count: number): Promise<Patient[]> {
  const patients: Patient[] = []
  for (let n = 0; n < count; n++) {
    const patient = await patientOf(doctor)
    await someConsultation(doctor, patient, { notes: Array.from({ length: 30 }, () => newUuid()).join(' ') })
    patients.push(patient)
  }
  return patients
}

test.group('A load of charts is refused', () => {
  test('for names that are none, or for more than fifty', async ({ assert }) => {
    const doctor = await someone('doctor')
    const many = Array.from({ length: 51 }, () => newUuid()).join(',')
    for (const [name, value] of [
      ['patients', 'x'],
      ['patients', many],
      ['after', 'x'],
      ['today_from', 'yesterday'],
    ] as const) {
      const { answer, requestId } = await load(doctor, { [name]: value })
      const { code } = JSON.parse(await text(answer))
      assert.deepEqual([answer.statusCode, code], [422, 'invalid'])
      assert.lengthOf(await auditOf(requestId), 1)
    }
  })
})

test.group('A load of charts', () => {
  test('is a beginning, a line for each patient by their id, and an end', async ({ client, assert }) => {
    const doctor = await someone('doctor')
    const [one, other] = [await patientOf(doctor), await patientOf(doctor)]
    const consultation = await someConsultation(doctor, one)
    const record = await someRecord(doctor, aNote(one))
    const result = await someResult(await someone('lab'), other)
    await somePatient()
    const credential = await handDevice(newUuid(), doctor)
    const response = await client.get(PATH).header('authorization', `Device ${credential}`)
    response.assertStatus(200)
    assert.match(response.header('content-type')!, /^application\/x-ndjson/)
    const lines = linesIn(response.text())
    assert.deepEqual(
      lines.map(({ kind }) => kind),
      ['begin', 'chart', 'chart', 'end']
    )
    const [begin] = lines as [BootstrapLine & { kind: 'begin' }]
    assert.equal(begin.patients, 2)
    assert.equal(readSyncCursor(begin.cursor).seq, await headNow())
    assert.deepEqual(patientsIn(lines), sorted(one, other))
    const recordsOf = (patient: Patient) =>
      lines.flatMap((line) => (line.kind === 'chart' && line.patient.id === patient.uuid ? line.records : []))
    assert.deepEqual(
      recordsOf(one).map(({ entity, data }) => [entity, data.id]),
      [
        ['consultation', consultation.uuid],
        ['medical_record', record.uuid],
      ]
    )
    assert.deepEqual(
      recordsOf(other).map(({ entity, data }) => [entity, data.id]),
      [['lab_result', result.uuid]]
    )
  })

  test('is followed by a pull that brings what changed meanwhile, and nothing else', async ({ assert }) => {
    const doctor = await someone('doctor')
    const patient = await patientOf(doctor)
    await someConsultation(doctor, patient)
    const device = await deviceAt(doctor)
    const { uuid } = await someConsultation(doctor, patient)
    const { changes } = await device.pull()
    assert.deepEqual(
      changes.map((change) => change.op === 'upsert' && change.record.row.uuid),
      [uuid]
    )
  })

  test('goes on after the last chart that came whole', async ({ assert }) => {
    const doctor = await someone('doctor')
    const patients = [await patientOf(doctor), await patientOf(doctor), await patientOf(doctor)]
    const [first, ...rest] = sorted(...patients)
    const { lines } = await linesOf(doctor, { after: first! })
    assert.deepEqual(patientsIn(lines), rest)
    assert.equal((lines[0] as { patients: number }).patients, 2)
  })

  test('is of those who are named, and silent about those whom the caller does not treat', async ({ assert }) => {
    const doctor = await someone('doctor')
    const [wanted, left, stranger] = [await patientOf(doctor), await patientOf(doctor), await somePatient()]
    const { lines } = await linesOf(doctor, { patients: [stranger.uuid, wanted.uuid, newUuid()].join(',') })
    assert.deepEqual(patientsIn(lines), [wanted.uuid])
    assert.notInclude(JSON.stringify(lines), left.uuid)
  })

  test('is of those who come today first, where today is asked for', async ({ assert }) => {
    const doctor = await someone('doctor')
    const [comes, came, cancelled, tomorrow, never] = [
      ...[await patientOf(doctor), await patientOf(doctor), await patientOf(doctor)],
      ...[await patientOf(doctor), await patientOf(doctor)],
    ]
    const consult = (patient: Patient, date: string, status: string) =>
      someConsultation(doctor, patient, { ...aConsultation(patient), date, status })
    await consult(comes!, '2026-03-02T16:00:00Z', 'planned')
    await consult(came!, '2026-03-02T00:00:00Z', 'finished')
    const { id } = await consult(cancelled!, '2026-03-02T10:00:00Z', 'planned')
    await db.from('consultations').where('id', id).update({ status: 'cancelled' })
    await consult(tomorrow!, '2026-03-03T00:00:00Z', 'planned')
    const { lines } = await linesOf(doctor, { today_from: '2026-03-02T00:00:00Z', today_to: '2026-03-03T00:00:00Z' })
    assert.deepEqual(patientsIn(lines), sorted(comes!, came!))
    assert.notInclude(JSON.stringify(lines), never!.uuid)
  })

  test('is empty for whoever reads no charts, and whole all the same', async ({ assert }) => {
    const { status, lines } = await linesOf(await someone('reception'))
    assert.deepEqual([status, lines.map(({ kind }) => kind)], [200, ['begin', 'end']])
  })

  test('leaves out a patient who is treated no more when their turn comes', async ({ assert }) => {
    const doctor = await someone('doctor')
    const [kept, gone] = [await patientOf(doctor), await patientOf(doctor)]
    const { patients } = await beginLoad(callerOf(doctor), {})
    await unassignDoctor(callerOf(), { doctor_id: doctor.uuid, patient_id: gone.uuid })
    const charts = await loadCharts(callerOf(doctor), { patients })
    assert.deepEqual(
      charts.map((chart) => 'patient' in chart && chart.patient.uuid),
      [kept.uuid]
    )
  })

  test('goes no further once its device is revoked', async ({ client, assert }) => {
    const doctor = await someone('doctor')
    const patient = await patientOf(doctor)
    const { uuid, credential } = await deviceOf(client, doctor)
    const known = await verifyDevice(credential)
    const { user } = known as Extract<typeof known, { user: unknown }>
    const requestId = newUuid()
    const read = () => loadCharts({ ...callerOf(), user, requestId }, { patients: [patient.uuid] })
    assert.lengthOf(await read(), 1)
    await revokeDeviceOf(callerOf(), { user: doctor.uuid, id: uuid })
    assert.equal((await refusalOf(read())).code, 'device_revoked')
    assert.deepEqual(
      (await auditOf(requestId)).map(({ outcome }) => outcome),
      ['done', 'refused']
    )
  })

  test('has an entry in the audit for each chart, with the records, and none for its beginning', async ({ assert }) => {
    const doctor = await someone('doctor')
    const patients = [await patientOf(doctor), await patientOf(doctor)]
    const consultation = await someConsultation(doctor, patients[0]!)
    const { requestId } = await linesOf(doctor)
    const entries = await auditOf(requestId)
    assert.sameDeepMembers(
      entries.map(({ action, patient_uuid, outcome }) => [action, patient_uuid, outcome]),
      patients.map(({ uuid }) => ['sync.bootstrap', uuid, 'done'])
    )
    const first = entries.find(({ patient_uuid }) => patient_uuid === patients[0]!.uuid)!
    assert.deepEqual(JSON.parse(first.details).uuids, [patients[0]!.uuid, consultation.uuid])
    assert.equal(JSON.parse(first.details).via, 'sync')
  })

  test('is asked about by HEAD without any chart being opened', async ({ client, assert }) => {
    const doctor = await someone('doctor')
    await patientOf(doctor)
    const requestId = newUuid()
    const credential = await handDevice(newUuid(), doctor)
    const response = await client
      .request(PATH, 'HEAD')
      .headers({ 'authorization': `Device ${credential}`, 'x-request-id': requestId })
    response.assertStatus(200)
    assert.isEmpty(await auditOf(requestId))
  })
})

test.group('The stream of a load', () => {
  for (const [encoding, unpack] of [
    ['gzip', gunzipSync],
    ['br', brotliDecompressSync],
  ] as const)
    test(`is packed by ${encoding}`, async ({ assert }) => {
      const doctor = await someone('doctor')
      const patients = await ward(doctor, 3)
      const { answer } = await load(doctor, {}, { 'accept-encoding': encoding })
      assert.equal(answer.headers['content-encoding'], encoding)
      const lines = linesIn(unpack(await buffer(answer)).toString())
      assert.deepEqual(patientsIn(lines), sorted(...patients))
      assert.equal(lines.at(-1)!.kind, 'end')
    })

  test('keeps nothing back: packing ends a block after the beginning and after each portion', async ({ assert }) => {
    const doctor = await someone('doctor')
    await ward(doctor, 45)
    const { answer } = await load(doctor, {}, { 'accept-encoding': 'gzip' })
    const blocks = (await buffer(answer)).toString('latin1').split('\u0000\u0000\u00ff\u00ff')
    assert.isAtLeast(blocks.length - 1, 4, 'a beginning and three portions')
  })

  test('is cut without its last line when the audit cannot be written', async ({ assert }) => {
    const doctor = await someone('doctor')
    await ward(doctor, 3)
    await withAuditFault(async () => {
      const { answer } = await load(doctor, {}, { 'x-request-id': `fault-${newUuid()}` })
      assert.equal(answer.statusCode, 200)
      let came = ''
      const reading = (async () => {
        for await (const part of answer) came += part
      })()
      await assert.rejects(() => reading, /aborted/)
      assert.deepEqual(
        linesIn(came).map(({ kind }) => kind),
        ['begin']
      )
    })
  })

  test('ends the work when whoever asked goes away', async ({ assert }) => {
    const doctor = await someone('doctor')
    for (let n = 0; n < 200; n++) await patientOf(doctor)
    const { request, answer, requestId } = await load(doctor)
    await once(answer, 'data')
    request.destroy()
    let opened = -1
    for (let now = 0; now !== opened; now = (await auditOf(requestId)).length) {
      opened = now
      await sleep(150)
    }
    assert.isBelow(opened, 200)
  })
})

test.group('The cost of a load', () => {
  test('is the same number of queries for two patients and for ten', async ({ assert }) => {
    const doctor = await someone('doctor')
    const patients = sorted(...(await ward(doctor, 10)))
    const costOf = (uuids: string[]) => queriesOf(() => loadCharts(callerOf(doctor), { patients: uuids }))
    const [few, many] = [await costOf(patients.slice(0, 2)), await costOf(patients)]
    assert.equal(many.length, few.length)
    assert.isBelow(many.length, 20)
  })
})
