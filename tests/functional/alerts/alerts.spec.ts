import db from '@adonisjs/lucid/services/db'
import type { ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { newUuid } from '#app/core/ids'
import { breakGlass } from '#app/alerts/break_glass'
import type { Actor } from '#app/core/actor'
import { apiCallerWith } from '#tests/functional/api_caller'
import { auditOf } from '#tests/functional/core/probe'
import { somePatient } from '#tests/functional/patients/some_patient'
import { queriesOf } from '#tests/functional/queries'
import { callerOf, someone } from '#tests/acting'

const ALERTS = '/api/v1/alerts'
const reason = 'Convulsions, famille absente'

/** An emergency access by this person, and the alert that it made, as an administrator sees it. */
async function anAlert(client: ApiClient, by?: Actor) {
  const doctor = by ?? (await someone('doctor'))
  const patient = await somePatient()
  const access = await breakGlass(callerOf(doctor), { patient_id: patient.uuid, reason })
  const admin = await apiCallerWith(client, 'admin')
  const { data } = (await admin.get(`${ALERTS}?limit=100`)).body()
  const alert = data.find(({ entity_id }: { entity_id: string }) => entity_id === access.uuid)
  return { doctor, patient, access, admin, alert }
}

test.group('Alerts are refused', () => {
  test('to everybody who does not review them', async ({ client, assert }) => {
    const { alert } = await anAlert(client)
    for (const role of ['doctor', 'nurse', 'lab', 'reception', 'patient']) {
      const caller = await apiCallerWith(client, role)
      assert.equal((await caller.get(ALERTS)).status(), 403, role)
      assert.equal((await caller.get(`${ALERTS}/${alert.id}`)).status(), 403, role)
      assert.equal((await caller.post(`${ALERTS}/${alert.id}/review`)).status(), 403, role)
    }
  })

  test('for a review by the person whom they are about', async ({ client, assert }) => {
    const own = await apiCallerWith(client, 'admin', 'doctor')
    const { alert } = await anAlert(client, own.user)
    const refused = await own.post(`${ALERTS}/${alert.id}/review`)
    assert.deepEqual([refused.status(), refused.body().code], [422, 'own_alert'])
  })

  test('for a second review', async ({ client, assert }) => {
    const { alert, admin } = await anAlert(client)
    assert.equal((await admin.post(`${ALERTS}/${alert.id}/review`)).status(), 200)
    const again = await (await apiCallerWith(client, 'admin')).post(`${ALERTS}/${alert.id}/review`)
    assert.deepEqual([again.status(), again.body().code], [409, 'already_reviewed'])
  })
})

test.group('An alert', () => {
  test('tells the reviewer who opened whose chart and why, and the look is audited', async ({ client, assert }) => {
    const { doctor, patient, access, admin, alert } = await anAlert(client)
    assert.deepInclude(alert, { kind: 'emergency_access', state: 'open', reason, entity_id: access.uuid })
    assert.deepEqual(alert.user, { id: doctor.uuid, name: (doctor as { name?: string }).name })
    assert.deepInclude(alert.patient, { id: patient.uuid, family_name: 'Diallo' })
    const opened = await admin.get(`${ALERTS}/${alert.id}`)
    assert.deepEqual(opened.body().data, alert)
    const [row] = await auditOf(opened.requestId)
    assert.deepInclude(row, { action: 'alerts.open', entity_uuid: alert.id, patient_uuid: patient.uuid })
    assert.notInclude(JSON.stringify(row), 'Convulsions')
  })

  test('is reviewed once, with by whom and when', async ({ client, assert }) => {
    const { patient, admin, alert } = await anAlert(client)
    const reviewed = await admin.post(`${ALERTS}/${alert.id}/review`)
    assert.equal(reviewed.status(), 200)
    const { state, reviewed_by, reviewed_at } = reviewed.body().data
    assert.deepEqual([state, reviewed_by.id], ['reviewed', admin.user.uuid])
    assert.approximately(Date.parse(reviewed_at), Date.now(), 60_000)
    const [row] = await auditOf(reviewed.requestId)
    assert.deepInclude(row, { action: 'alerts.review', outcome: 'done', patient_uuid: patient.uuid })
    const open = await admin.get(`${ALERTS}?state=open&limit=100`)
    const ids = (body: any) => body.data.map(({ id }: { id: string }) => id)
    assert.notInclude(ids(open.body()), alert.id)
    const done = await admin.get(`${ALERTS}?state=reviewed&kind=emergency_access&limit=100`)
    assert.include(ids(done.body()), alert.id)
  })

  test('is listed in pages, the newest first', async ({ client, assert }) => {
    const made: string[] = []
    for (let n = 0; n < 3; n++) made.unshift((await anAlert(client)).alert.id)
    const admin = await apiCallerWith(client, 'admin')
    const seen: string[] = []
    for (let cursor = ''; seen.length < 3;) {
      const { data, meta } = (await admin.get(`${ALERTS}?limit=1${cursor}`)).body()
      seen.push(...data.map(({ id }: { id: string }) => id))
      cursor = `&cursor=${meta.next_cursor}`
    }
    assert.deepEqual(seen, made)
  })

  test('is listed too where it is about no record and nobody’s chart', async ({ client, assert }) => {
    const at = '2026-01-01 00:00:00.000'
    const uuid = newUuid()
    await db.table('alerts').insert({ uuid, kind: 'emergency_access', state: 'open', created_at: at, updated_at: at })
    const admin = await apiCallerWith(client, 'admin')
    const answer = await admin.get(`${ALERTS}?limit=100`)
    assert.equal(answer.status(), 200)
    assert.deepInclude(
      answer.body().data.find(({ id }: { id: string }) => id === uuid),
      { user: null, patient: null }
    )
    await db.from('alerts').where('uuid', uuid).delete()
  })

  test('costs as many queries among many as alone', async ({ client, assert }) => {
    const { admin } = await anAlert(client)
    for (let n = 0; n < 4; n++) await anAlert(client)
    const count = async (limit: number) =>
      (await queriesOf(() => admin.get(`${ALERTS}?state=open&limit=${limit}`))).length
    await count(5)
    assert.equal(await count(5), await count(1))
  })
})
