import type { ApiClient } from '@japa/api-client'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type Consultation from '#app/consultations/consultation'
import { newUuid } from '#app/core/ids'
import { correctPatient } from '#app/patients/correct_patient'
import type Patient from '#app/patients/patient'
import type { BootstrapLine, SyncAnswer } from '#app/sync/protocol'
import type User from '#app/users/user'
import { callerOf, handDevice, someone } from '#tests/acting'
import { patientOf, someConsultation } from '#tests/functional/charts/some_chart'
import { auditOf } from '#tests/functional/core/probe'
import { queriesOf } from '#tests/functional/queries'
import { aNote, someRecord } from '#tests/functional/records/some_record'
import { aCall, deviceOf } from '#tests/functional/sync/device_caller'
import { deviceAt } from '#tests/functional/sync/pulling'

/** One byte of what is kept is another. @returns what puts it right again */
async function damage(table: string, column: string, uuid: string): Promise<() => Promise<unknown>> {
  const { [column]: kept } = await db.from(table).where('uuid', uuid).firstOrFail()
  const broken = Buffer.from(kept as Buffer)
  broken[broken.length - 1]! ^= 1
  const put = (bytes: Buffer) =>
    db
      .from(table)
      .where('uuid', uuid)
      .update({ [column]: bytes })
  await put(broken)
  return () => put(kept as Buffer)
}

/** Three patients, whom the device knows already, and what was written about them since. */
async function ward(doctor: User) {
  const patients = [await patientOf(doctor), await patientOf(doctor), await patientOf(doctor)]
  const device = await deviceAt(doctor)
  const consultations: Consultation[] = []
  for (const patient of patients) consultations.push(await someConsultation(doctor, patient, { notes: 'Revoir' }))
  await someRecord(doctor, aNote(patients[1]!))
  return { device, patients, consultations }
}

async function load(client: ApiClient, user: User, query = {}) {
  const requestId = newUuid()
  const answer = await client
    .get('/api/v1/sync/bootstrap')
    .qs(query)
    .header('authorization', `Device ${await handDevice(newUuid(), user)}`)
    .header('x-request-id', requestId)
  const lines = answer.text().split('\n').filter(Boolean)
  return { requestId, lines: lines.map((line) => JSON.parse(line) as BootstrapLine) }
}

/** Each entry of the audit, shortly. */
async function told(requestId: string) {
  const entries = await auditOf(requestId)
  return entries.map(({ action, outcome, patient_uuid, entity, details }) => {
    const { code, uuids } = JSON.parse(details as string)
    return { action, outcome, patient: patient_uuid, entity, code, uuids }
  })
}

const chartsIn = (lines: BootstrapLine[]) => lines.flatMap((line) => (line.kind === 'chart' ? [line.patient.id] : []))
const uuidsOf = (patients: Patient[]) => patients.map(({ uuid }) => uuid)

test.group('A chart that cannot be read', (group) => {
  let repair: (() => Promise<unknown>)[] = []
  group.each.teardown(async () => {
    for (const each of repair) await each()
    repair = []
  })
  const breaks = async (table: string, column: string, uuid: string) =>
    void repair.push(await damage(table, column, uuid))

  test('keeps no pull from the others, is told by its id, and the cursor goes on', async ({ client, assert }) => {
    const doctor = await someone('doctor')
    const { device: known, patients, consultations } = await ward(doctor)
    const { epoch, cursor } = known
    await breaks('consultations', 'notes', consultations[1]!.uuid)
    const device = await deviceOf(client, doctor)
    const answer = await device.send(aCall(device.uuid, [], { epoch, cursor }))
    assert.equal(answer.status(), 200)
    const body = answer.body() as SyncAnswer
    const [scope, id] = [patients[1]!.uuid, consultations[1]!.uuid]
    assert.deepEqual(body.unreadable, [{ scope, entity: 'consultation', id }])
    assert.notInclude(JSON.stringify(body.changes), scope, 'nothing of it, its readable records neither')
    assert.deepEqual(
      body.changes.map(({ id: each }) => each).filter((each) => consultations.some(({ uuid }) => uuid === each)),
      [consultations[0]!.uuid, consultations[2]!.uuid]
    )
    const seqs = body.changes.map(({ seq }) => seq)
    assert.deepEqual(
      seqs,
      [...seqs].sort((one, other) => one - other)
    )
    const next = await device.send(aCall(device.uuid, [], { epoch, cursor: body.cursor }))
    assert.deepEqual([next.body().changes, next.body().unreadable], [[], []])
    const entries = await told(answer.requestId)
    assert.lengthOf(entries, 3)
    const identity = { action: 'sync.pull', entity: 'patient' }
    assert.deepInclude(
      entries.find(({ patient }) => patient === scope),
      { ...identity, outcome: 'failed', code: 'internal_error', uuids: [id] }
    )
    for (const { uuid } of [patients[0]!, patients[2]!])
      assert.deepInclude(
        entries.find(({ patient }) => patient === uuid),
        { ...identity, outcome: 'done' }
      )
  })

  test('cuts no load: a line says so in the place of the chart', async ({ client, assert }) => {
    const doctor = await someone('doctor')
    const { patients, consultations } = await ward(doctor)
    const sorted = uuidsOf(patients).sort()
    const at = uuidsOf(patients).indexOf(sorted[1]!)
    const id = consultations[at]!.uuid
    await breaks('consultations', 'notes', id)
    const { lines, requestId } = await load(client, doctor)
    assert.deepEqual(
      lines.map(({ kind }) => kind),
      ['begin', 'chart', 'unreadable', 'chart', 'end']
    )
    assert.deepEqual(lines[2], { kind: 'unreadable', patient: sorted[1]!, entity: 'consultation', id })
    assert.deepEqual(chartsIn(lines), [sorted[0], sorted[2]])
    const entries = await told(requestId)
    assert.deepEqual(
      entries.map(({ patient, outcome }) => [patient, outcome]).sort(),
      sorted.map((uuid, index) => [uuid, index === 1 ? 'failed' : 'done']).sort()
    )
    assert.deepInclude(
      entries.find(({ outcome }) => outcome === 'failed'),
      { action: 'sync.bootstrap', code: 'internal_error', uuids: [id] }
    )
  })

  test('is one whose patient or whose note is damaged as well, and each is named', async ({ client, assert }) => {
    const doctor = await someone('doctor')
    const patients = [await patientOf(doctor), await patientOf(doctor), await patientOf(doctor)]
    const note = await someRecord(doctor, aNote(patients[1]!))
    await correctPatient(callerOf(), { id: patients[0]!.uuid, version: 1, address: 'Rue 10, Thiès' })
    await breaks('patients', 'address', patients[0]!.uuid)
    await breaks('medical_records', 'description', note.uuid)
    const { lines } = await load(client, doctor, { patients: uuidsOf(patients).join(',') })
    const damaged = lines.flatMap((line) => (line.kind === 'unreadable' ? [line] : []))
    assert.sameDeepMembers(damaged, [
      { kind: 'unreadable', patient: patients[0]!.uuid, entity: 'patient', id: patients[0]!.uuid },
      { kind: 'unreadable', patient: patients[1]!.uuid, entity: 'medical_record', id: note.uuid },
    ])
    assert.deepEqual(chartsIn(lines), [patients[2]!.uuid])
  })

  test('keeps nothing back of what is sent with the pull, but what is about itself', async ({ client, assert }) => {
    const doctor = await someone('doctor')
    const { device: known, patients, consultations } = await ward(doctor)
    const { epoch, cursor } = known
    await breaks('consultations', 'notes', consultations[1]!.uuid)
    const device = await deviceOf(client, doctor)
    const correction = (at: number) => ({
      ...{ mutation_id: newUuid(), client_seq: at + 1, name: 'consultations.correct' },
      ...{ client_generated_uuid: consultations[at]!.uuid, base_version: 1, base: { reason: 'x' } },
      ...{ data: { reason: 'Contrôle' }, depends_on: [], client_updated_at: new Date().toISOString() },
    })
    const answer = await device.send(aCall(device.uuid, [correction(0), correction(1)], { epoch, cursor }))
    assert.deepEqual(
      answer.results.map(({ status, http_status }) => [status, http_status]),
      [
        ['applied', undefined],
        ['rejected', 500],
      ]
    )
    assert.deepEqual(
      answer.body().unreadable.map(({ scope }: { scope: string }) => scope),
      [patients[1]!.uuid]
    )
  })

  test('control: mended, it comes whole, and costs no query more than another', async ({ client, assert }) => {
    const doctor = await someone('doctor')
    const { device, patients, consultations } = await ward(doctor)
    await breaks('consultations', 'notes', consultations[1]!.uuid)
    const { cursor } = device
    const whileDamaged = await queriesOf(() => device.pull())
    await repair.pop()!()
    device.cursor = cursor
    const mended = await queriesOf(async () => {
      const pulled = await device.pull()
      assert.isEmpty(pulled.unreadable)
      assert.includeMembers(
        pulled.changes.map(({ scope }) => scope),
        uuidsOf(patients)
      )
    })
    assert.isBelow(mended.length, whileDamaged.length)
    const { lines } = await load(client, doctor)
    assert.deepEqual(chartsIn(lines), uuidsOf(patients).sort())
  })
})
