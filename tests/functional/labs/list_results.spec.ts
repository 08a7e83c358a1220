import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type LabResult from '#app/labs/lab_result'
import { someone } from '#tests/acting'
import { apiCaller, apiCallerWith } from '#tests/functional/api_caller'
import { patientOf } from '#tests/functional/charts/some_chart'
import { auditOf } from '#tests/functional/core/probe'
import { RESULTS, someResult, someValidated } from '#tests/functional/labs/some_result'
import { somePatient } from '#tests/functional/patients/some_patient'
import { queriesOf } from '#tests/functional/queries'

const chartOf = ({ uuid }: { uuid: string }) => `/api/v1/patients/${uuid}/lab-results`
const idsOf = (body: any) => body.data.map(({ id }: { id: string }) => id)

test.group('The results of a chart', () => {
  test('are all there for who treats, the released ones for the patient, the own ones for a laboratory', async ({
    client,
    assert,
  }) => {
    const [lab, other] = [await someone('lab'), await someone('lab')]
    const [doctor, nurse, own] = [await someone('doctor'), await someone('nurse'), await someone('patient')]
    const patient = await patientOf(doctor, nurse)
    await db.from('patients').where('id', patient.id).update({ user_id: own.id })
    const preliminary = await someResult(lab, patient)
    const final = await someValidated(other, patient)
    const expected: [typeof lab, string[]][] = [
      [doctor, [preliminary.uuid, final.uuid]],
      [nurse, [preliminary.uuid, final.uuid]],
      [await someone('admin'), [preliminary.uuid, final.uuid]],
      [own, [final.uuid]],
      [lab, [preliminary.uuid]],
      [other, [final.uuid]],
      [await someone('lab'), []],
    ]
    for (const [user, uuids] of expected) {
      const answer = await (await apiCaller(client, user)).get(chartOf(patient))
      assert.equal(answer.status(), 200)
      assert.sameMembers(idsOf(answer.body()), uuids, user.roleNames.join())
    }
    for (const role of ['doctor', 'nurse', 'reception', 'patient'])
      assert.equal((await (await apiCallerWith(client, role)).get(chartOf(patient))).status(), 403, role)
  })

  test('come by date, page by page, of a status, of a time', async ({ client, assert }) => {
    const doctor = await apiCallerWith(client, 'doctor')
    const lab = await someone('lab')
    const patient = await patientOf(doctor.user)
    const results: LabResult[] = []
    for (const month of ['01', '03', '02'])
      results.push(await someResult(lab, patient, { result_date: `2026-${month}-01T08:00:00Z` }))
    const byDate = [1, 2, 0].map((n) => results[n]!.uuid)
    const first = await doctor.get(`${chartOf(patient)}?limit=2`)
    const second = await doctor.get(`${chartOf(patient)}?limit=2&cursor=${first.body().meta.next_cursor}`)
    assert.deepEqual([...idsOf(first.body()), ...idsOf(second.body())], byDate)
    assert.isNull(second.body().meta.next_cursor)
    const list = async (query: string) => idsOf((await doctor.get(`${chartOf(patient)}?${query}`)).body())
    assert.deepEqual(await list('sort=result_date'), byDate.toReversed())
    assert.deepEqual(await list('status=final'), [])
    assert.deepEqual(await list('from=2026-02-01T08:00:00Z&to=2026-03-01T08:00:00Z'), [results[2]!.uuid])
  })

  test('bring their relations along with as many queries for one as for many', async ({ client, assert }) => {
    const doctor = await apiCallerWith(client, 'doctor')
    const lab = await someone('lab')
    const patient = await patientOf(doctor.user)
    const path = `${chartOf(patient)}?include=patient,addenda`
    const count = async () => (await queriesOf(() => doctor.get(path))).length
    await someResult(lab, patient)
    await count()
    const one = await count()
    for (let n = 0; n < 5; n++) await someResult(lab, patient)
    assert.equal(await count(), one)
    const answer = await doctor.get(path)
    assert.equal(answer.status(), 200, answer.text())
    const [result] = answer.body().data
    assert.deepEqual([result.patient.id, result.addenda], [patient.uuid, []])
  })
})

test.group('The list of lab results', () => {
  test('holds what a laboratory entered and nothing else, whoever is asked for', async ({ client, assert }) => {
    const [lab, other] = [await apiCallerWith(client, 'lab'), await someone('lab')]
    const patient = await somePatient()
    const waiting = await someResult(lab.user, patient)
    const done = await someValidated(lab.user, patient)
    await someResult(other, patient)
    assert.sameMembers(idsOf((await lab.get(RESULTS)).body()), [waiting.uuid, done.uuid])
    assert.deepEqual(idsOf((await lab.get(`${RESULTS}?status=final`)).body()), [done.uuid])
    assert.deepEqual(idsOf((await lab.get(`${RESULTS}?performed_by=${other.uuid}`)).body()), [])
  })

  test('holds everybody’s for an administrator, which is reviewed, and is closed to others', async ({
    client,
    assert,
  }) => {
    const lab = await someone('lab')
    const result = await someResult(lab, await somePatient())
    const admin = await apiCallerWith(client, 'admin')
    const answer = await admin.get(`${RESULTS}?performed_by=${lab.uuid}&include=patient`)
    assert.deepEqual(idsOf(answer.body()), [result.uuid])
    assert.isAbove((await admin.get(RESULTS)).body().data.length, 0)
    const [row] = await auditOf(answer.requestId)
    assert.deepEqual([row!.action, JSON.parse(row!.details).uuids], ['admin_view', [result.uuid]])
    for (const role of ['doctor', 'nurse', 'reception', 'patient'])
      assert.equal((await (await apiCallerWith(client, role)).get(RESULTS)).status(), 403, role)
  })
})
