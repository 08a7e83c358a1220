import { test } from '@japa/runner'
import { apiCallerWith } from '#tests/functional/api_caller'
import { patientOf } from '#tests/functional/charts/some_chart'
import { queriesOf } from '#tests/functional/queries'
import { anAllergy, aNote, at, someRecord } from '#tests/functional/records/some_record'

const chartOf = ({ uuid }: { uuid: string }) => `/api/v1/patients/${uuid}/medical-records`
const idsOf = (body: any) => body.data.map(({ id }: { id: string }) => id)

test.group('The medical records of a chart', () => {
  test('come by the time at which they count, page by page', async ({ client, assert }) => {
    const doctor = await apiCallerWith(client, 'doctor')
    const patient = await patientOf(doctor.user)
    const undated = await someRecord(doctor.user, aNote(patient))
    const dated = []
    for (const occurred_at of ['2024-01-01T08:00:00Z', '2026-01-01T08:00:00Z', '2025-01-01T08:00:00Z'])
      dated.push(await someRecord(doctor.user, aNote(patient, { occurred_at })))
    const expected = [undated, dated[1], dated[2], dated[0]].map((record) => record!.uuid)
    const first = await doctor.get(`${chartOf(patient)}?limit=3`)
    const second = await doctor.get(`${chartOf(patient)}?limit=3&cursor=${first.body().meta.next_cursor}`)
    assert.deepEqual([...idsOf(first.body()), ...idsOf(second.body())], expected)
    assert.isNull(second.body().meta.next_cursor)
    const oldest = await doctor.get(`${chartOf(patient)}?sort=timeline_at`)
    assert.deepEqual(idsOf(oldest.body()), expected.toReversed())
    const strange = await doctor.get(`${chartOf(patient)}?sort=timeline_at&cursor=${first.body().meta.next_cursor}`)
    assert.equal(strange.status(), 422)
  })

  test('are those of a type, of a status, of a time', async ({ client, assert }) => {
    const doctor = await apiCallerWith(client, 'doctor')
    const patient = await patientOf(doctor.user)
    const allergy = await someRecord(doctor.user, anAllergy(patient))
    const wrong = await someRecord(doctor.user, anAllergy(patient))
    await doctor.patch(at(wrong), { version: 1, status: 'entered_in_error' })
    const note = await someRecord(doctor.user, aNote(patient, { occurred_at: '2020-06-01T00:00:00Z' }))
    const list = async (query: string) => idsOf((await doctor.get(`${chartOf(patient)}?${query}`)).body())
    assert.sameMembers(await list('type=allergy'), [allergy.uuid, wrong.uuid])
    assert.deepEqual(await list('type=allergy&status=active'), [allergy.uuid])
    assert.deepEqual(await list('status=entered_in_error'), [wrong.uuid])
    assert.deepEqual(await list('to=2020-06-02T00:00:00Z'), [note.uuid])
    assert.deepEqual(await list('from=2020-06-01T00:00:00Z&to=2020-06-01T00:00:00Z'), [])
    assert.deepEqual(await list('type=procedure'), [])
  })

  test('bring their relations along with as many queries for one as for many', async ({ client, assert }) => {
    const doctor = await apiCallerWith(client, 'doctor')
    const patient = await patientOf(doctor.user)
    const path = `${chartOf(patient)}?include=patient,addenda`
    const count = async () => (await queriesOf(() => doctor.get(path))).length
    await someRecord(doctor.user, aNote(patient))
    await count()
    const one = await count()
    for (let n = 0; n < 5; n++) await someRecord(doctor.user, aNote(patient))
    assert.equal(await count(), one)
    const answer = await doctor.get(path)
    assert.equal(answer.status(), 200, answer.text())
    const [record] = answer.body().data
    assert.deepEqual([record.patient.id, record.addenda], [patient.uuid, []])
  })
})
