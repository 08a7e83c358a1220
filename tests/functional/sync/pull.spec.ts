import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { ADDENDA } from '#app/charts/addenda_of_records'
import { correctConsultation } from '#app/consultations/correct_consultation'
import { newUuid } from '#app/core/ids'
import { validateLabResult } from '#app/labs/amend_lab_result'
import { correctPatient } from '#app/patients/correct_patient'
import type Patient from '#app/patients/patient'
import { refuseOutdated } from '#app/sync/pull'
import { numberChanges } from '#app/sync/sequencer'
import { writeSyncCursor } from '#app/sync/sync_position'
import { pulledData } from '#app/sync/sync_transformer'
import type User from '#app/users/user'
import { callerOf, someone } from '#tests/acting'
import { apiCaller } from '#tests/functional/api_caller'
import { patientOf, someConsultation } from '#tests/functional/charts/some_chart'
import { auditOf } from '#tests/functional/core/probe'
import { someResult } from '#tests/functional/labs/some_result'
import { somePrescription } from '#tests/functional/prescriptions/some_prescription'
import { analyzeTables, plansOf, type Plan } from '#tests/functional/database/plans'
import { queriesOf } from '#tests/functional/queries'
import { aNote, someRecord } from '#tests/functional/records/some_record'
import { deviceAt, headNow, insertChanges, refusalOf, told, uuidsTold } from '#tests/functional/sync/pulling'

const correct = (doctor: User, id: string, version: number, more: object = { notes: `Note ${version}` }) =>
  correctConsultation(callerOf(doctor), { id, version, ...more })

/** One record of each kind that devices hold. */
async function someChart(doctor: User, patient: Patient) {
  const consultation = await someConsultation(doctor, patient)
  const result = await someResult(await someone('lab'), patient)
  const asked = { record_id: consultation.uuid, text: 'Revue par téléphone' }
  return {
    consultation,
    prescription: await somePrescription(doctor, consultation),
    record: await someRecord(doctor, aNote(patient)),
    result,
    addendum: await ADDENDA.consultations.add(callerOf(doctor), asked),
  }
}

test.group('A pull is refused', () => {
  test('with a cursor that no pull gave', async ({ assert }) => {
    const device = await deviceAt(await someone('doctor'))
    for (const cursor of ['', 'nonsense', Buffer.from('["x",1]').toString('base64url')]) {
      const { status, code, errors } = await refusalOf(device.pull({ cursor }))
      assert.deepEqual([status, code, errors?.[0]?.pointer], [422, 'invalid', '/cursor'])
    }
  })

  test('after a restore: by the epoch of the request, and by that of its cursor', async ({ assert }) => {
    const doctor = await someone('doctor')
    const device = await deviceAt(doctor)
    const former = newUuid()
    const restored_to = null
    for (const asked of [
      { epoch: former },
      { epoch: former, cursor: null },
      { epoch: null, cursor: writeSyncCursor({ epoch: former, seq: 0 }) },
    ]) {
      const refused = await refusalOf(device.pull(asked))
      assert.deepEqual([refused.status, refused.code], [409, 'epoch_changed'])
      assert.deepEqual(refused.extra, { epoch: device.epoch, restored_to })
      const early = await refusalOf(refuseOutdated(callerOf(doctor), { cursor: null, ...asked }))
      assert.equal(early.code, 'epoch_changed')
    }
  })

  test('beyond the last number there is, as after a database was put back by hand', async ({ assert }) => {
    const device = await deviceAt(await someone('doctor'))
    const cursor = writeSyncCursor({ epoch: device.epoch, seq: (await headNow()) + 10 })
    const refused = await refusalOf(device.pull({ cursor }))
    assert.deepEqual([refused.status, refused.code], [410, 'cursor_expired'])
    const [entry, ...more] = await auditOf(device.requestId)
    assert.deepEqual([entry!.action, entry!.outcome, more.length], ['sync.pull', 'refused', 0])
  })

  test('for more than a page holds', async ({ assert }) => {
    const device = await deviceAt(await someone('doctor'))
    for (const limit of [0, 501, 1.5]) assert.equal((await refusalOf(device.pull({ limit }))).status, 422)
  })
})

test.group('A pull', () => {
  test('tells of each kind of record, and shows it as the API does', async ({ client, assert }) => {
    const doctor = await someone('doctor')
    const patient = await patientOf(doctor)
    const device = await deviceAt(doctor)
    const chart = await someChart(doctor, patient)
    await correctPatient(callerOf(), { id: patient.uuid, version: 1, phone: '+221 77 123 45 67' })
    const pulled = await device.pull()
    assert.deepEqual(told(pulled), [
      ...['consultation 1', 'lab_result 1', 'prescription 1', 'medical_record 1', 'addendum 1', 'patient 2'],
    ])
    const api = await apiCaller(client, doctor)
    const paths = [
      `/consultations/${chart.consultation.uuid}`,
      `/lab-results/${chart.result.uuid}`,
      `/consultations/${chart.consultation.uuid}/prescriptions/${chart.prescription.uuid}`,
      `/medical-records/${chart.record.uuid}`,
      `/consultations/${chart.consultation.uuid}/addenda`,
      `/patients/${patient.uuid}`,
    ]
    const { changes } = pulledData(pulled)
    for (const [index, path] of paths.entries()) {
      const shown = (await api.get(`/api/v1${path}`)).body().data
      const change = changes[index]!
      assert.deepEqual(change.op === 'upsert' && change.data, Array.isArray(shown) ? shown[0] : shown, path)
      assert.equal(change.scope, patient.uuid)
    }
  })

  test('tells nothing before the first load, and nothing twice after it', async ({ assert }) => {
    const doctor = await someone('doctor')
    const device = await deviceAt(doctor)
    const patient = await patientOf(doctor)
    await device.pull()
    await someConsultation(doctor, patient)
    const blank = await device.pull({ cursor: null, epoch: null })
    assert.deepEqual([blank.changes, blank.cursor, blank.epoch], [[], null, device.epoch])
    device.cursor = (await deviceAt(doctor)).cursor
    assert.isEmpty((await device.pull()).changes)
  })

  test('tells of nobody whom the caller does not treat, nor of anybody to whoever reads no charts', async ({
    assert,
  }) => {
    const [doctor, admin, desk] = [await someone('doctor'), await someone('admin'), await someone('reception')]
    const other = await someone('doctor')
    const devices = [await deviceAt(other), await deviceAt(admin), await deviceAt(desk)]
    const patient = await patientOf(doctor)
    await db.table('doctor_patient').insert({
      ...{ uuid: newUuid(), version: 1, patient_id: patient.id, doctor_id: desk.id, is_open: 1 },
      ...{ assigned_at: '2026-01-01 00:00:00.000', created_at: '2026-01-01 00:00:00.000' },
      updated_at: '2026-01-01 00:00:00.000',
    })
    await someChart(doctor, patient)
    for (const device of devices) {
      const { changes, addScopes } = await device.pull({ scopes: [] })
      assert.deepEqual([changes, addScopes], [[], []])
      assert.isEmpty(await auditOf(device.requestId))
    }
  })

  test('tells of a record once, as it stands, in the place of its last change', async ({ assert }) => {
    const doctor = await someone('doctor')
    const patient = await patientOf(doctor)
    const device = await deviceAt(doctor)
    const first = await someConsultation(doctor, patient)
    const second = await someConsultation(doctor, patient)
    await correct(doctor, first.uuid, 1)
    await correct(doctor, first.uuid, 2)
    const pulled = await device.pull()
    assert.deepEqual(uuidsTold(pulled), [second.uuid, first.uuid])
    assert.deepEqual(told(pulled), ['consultation 1', 'consultation 3'])
    const seqs = pulled.changes.map(({ seq }) => seq)
    assert.isAbove(seqs[1]!, seqs[0]!)
  })

  test('goes on page by page, and ends at the head', async ({ assert }) => {
    const doctor = await someone('doctor')
    const patient = await patientOf(doctor)
    const device = await deviceAt(doctor)
    const made: string[] = []
    for (let n = 0; n < 5; n++) made.push((await someConsultation(doctor, patient)).uuid)
    const pages = [await device.pull({ limit: 2 }), await device.pull({ limit: 2 }), await device.pull({ limit: 2 })]
    assert.deepEqual(
      pages.map(({ changes, hasMore }) => [changes.length, hasMore]),
      [
        [2, true],
        [2, true],
        [1, false],
      ]
    )
    assert.deepEqual(pages.flatMap(uuidsTold), made)
    const strangers = newUuid()
    await insertChanges([{ scope: strangers }, { scope: strangers }])
    await device.pull()
    assert.equal(device.cursor, writeSyncCursor({ epoch: device.epoch, seq: await headNow() }))
  })

  test('has the chart loaded anew after an import, which writes one change for all', async ({ assert }) => {
    const doctor = await someone('doctor')
    const [imported, other] = [await patientOf(doctor), await patientOf(doctor)]
    const device = await deviceAt(doctor)
    await someConsultation(doctor, imported)
    await insertChanges([{ scope: imported.uuid, op: 'reload' }])
    const kept = await someConsultation(doctor, other)
    const pulled = await device.pull()
    assert.deepEqual(pulled.addScopes, [imported.uuid])
    assert.deepEqual(uuidsTold(pulled), [kept.uuid], 'what is loaded as a whole is not told in pieces')
    assert.isEmpty((await device.pull()).addScopes)
  })

  test('tells that a record is gone', async ({ assert }) => {
    const doctor = await someone('doctor')
    const patient = await patientOf(doctor)
    const device = await deviceAt(doctor)
    await insertChanges([{ scope: patient.uuid, op: 'delete' }])
    const pulled = await device.pull()
    assert.deepEqual(told(pulled), ['consultation gone'])
    assert.notProperty(pulledData(pulled).changes[0], 'data')
  })

  test('shows a clinician who is the patient no result that nobody has released', async ({ assert }) => {
    const [doctor, lab] = [await someone('doctor'), await someone('lab')]
    const patient = await patientOf(doctor)
    await db.from('patients').where('id', patient.id).update({ user_id: doctor.id })
    const device = await deviceAt(doctor)
    const result = await someResult(lab, patient)
    await ADDENDA.lab_results.add(callerOf(lab), { record_id: result.uuid, text: 'À confirmer' })
    assert.isEmpty((await device.pull()).changes)
    await validateLabResult(callerOf(lab), { id: result.uuid, version: 1 })
    assert.deepEqual(told(await device.pull()), ['lab_result 2'])
  })
})

test.group('The audit of a pull', () => {
  test('has an entry for each patient of whom something was told, with the records', async ({ assert }) => {
    const doctor = await someone('doctor')
    const [one, other, quiet] = [await patientOf(doctor), await patientOf(doctor), await patientOf(doctor)]
    const device = await deviceAt(doctor)
    const first = [await someConsultation(doctor, one), await someConsultation(doctor, one)]
    const second = await someConsultation(doctor, other)
    await device.pull()
    const entries = await auditOf(device.requestId)
    assert.isFalse(entries.some(({ patient_uuid }) => patient_uuid === quiet.uuid))
    assert.sameDeepMembers(
      entries.map((entry) => [entry.action, entry.entity, entry.patient_uuid, entry.outcome, entry.user_id]),
      [one, other].map(({ uuid }) => ['sync.pull', 'patient', uuid, 'done', doctor.id])
    )
    const uuidsOf = (patient: Patient) =>
      JSON.parse(entries.find(({ patient_uuid }) => patient_uuid === patient.uuid)!.details as string).uuids as string[]
    assert.deepEqual(
      uuidsOf(one),
      first.map(({ uuid }) => uuid)
    )
    assert.deepEqual(uuidsOf(other), [second.uuid])
  })

  test('has none where nothing was told', async ({ assert }) => {
    const device = await deviceAt(await someone('nurse'))
    await device.pull()
    assert.isEmpty(await auditOf(device.requestId))
  })
})

test.group('The cost of a pull', () => {
  test('is the same number of queries for two records of each kind and for many', async ({ assert }) => {
    const doctor = await someone('doctor')
    const two = [await patientOf(doctor), await patientOf(doctor)]
    const six = [...two, ...two, await patientOf(doctor), await patientOf(doctor)]
    const counts: [queries: number, changes: number][] = []
    for (const patients of [two, six]) {
      const device = await deviceAt(doctor)
      for (const patient of patients) await someChart(doctor, patient)
      let changes = 0
      const queries = await queriesOf(async () => void (changes = (await device.pull()).changes.length))
      counts.push([queries.length, changes])
    }
    const [[few]] = counts as [[number, number]]
    assert.deepEqual(counts, [
      [few, 10],
      [few, 30],
    ])
    assert.isBelow(few, 25)
  })

  test('does not grow with the changes of other people’s patients', async ({ assert }) => {
    const doctor = await someone('doctor')
    await patientOf(doctor)
    const device = await deviceAt(doctor)
    const strangers = Array.from({ length: 200 }, () => newUuid())
    const made = Array.from({ length: 6_000 }, (_, n) => ({ scope: strangers[n % 200]! }))
    await insertChanges(made)
    await numberChanges()
    const tables = ['sync_changes', 'patients', 'doctor_patient']
    await analyzeTables(tables)
    const plans = await plansOf(tables, () => device.pull())
    const shown = JSON.stringify(plans, null, 1)
    const isWhole = ({ table, key }: Plan) =>
      key === null && ['sync_changes', 'found', 'dp', 'patients', 'c'].includes(table)
    assert.isEmpty(plans.flat().filter(isWhole), shown)
    assert.isTrue(
      plans.flat().some(({ table, key }) => table === 'found' && key === 'sync_changes_scope_seq_index'),
      shown
    )
    await db.from('sync_changes').whereIn('scope', strangers).delete()
  })
})
