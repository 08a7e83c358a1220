import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import Alert from '#app/alerts/alert'
import { breakGlass } from '#app/alerts/break_glass'
import type { Actor } from '#app/core/actor'
import { newUuid } from '#app/core/ids'
import User from '#app/users/user'
import { callerOf, someone } from '#tests/acting'
import { officeAllowed, officeWith, toldOf } from '#tests/functional/admin/office'
import { auditOf } from '#tests/functional/core/probe'
import { somePatient, someWord } from '#tests/functional/patients/some_patient'
import { queriesOf } from '#tests/functional/queries'

const GIVEN = 'Convulsions, famille absente'
const COMMENT = { reason: 'Vu avec le service' }

/** An emergency access by this person, and the alert that it made. */
async function anAlert(by?: Actor) {
  const doctor = by ?? (await someone('doctor'))
  const patient = await somePatient()
  const access = await breakGlass(callerOf(doctor), { patient_id: patient.uuid, reason: GIVEN })
  const alert = await Alert.query().where('entity_uuid', access.uuid).firstOrFail()
  return { doctor, patient, access, alert, at: `alerts/records/${alert.uuid}/review` }
}

const stateOf = async ({ id }: Alert) => (await Alert.findOrFail(id)).state

test.group('Alerts in the back office: refused', () => {
  for (const role of ['doctor', 'nurse', 'lab', 'reception', 'patient'])
    test(`list, detail and review to the role ${role}, which is in the audit`, async ({ assert }) => {
      const { alert, at } = await anAlert()
      const office = await officeWith(role)
      for (const ask of [
        () => office.list('alerts'),
        () => office.show('alerts', alert.uuid),
        () => office.act(at, COMMENT),
      ]) {
        const answer = await ask()
        assert.equal(answer.status, 403)
        const told = await toldOf(answer)
        assert.deepEqual(
          told.map(({ outcome, details }) => [outcome, details.code]),
          [['refused', 'forbidden']]
        )
      }
      assert.equal(await stateOf(alert), 'open')
    })

  test('to whoever may enter and do everything but review', async ({ assert }) => {
    const { alert, at } = await anAlert()
    const office = await officeAllowed('users.manage', 'audit.view', 'settings.manage')
    assert.equal((await office.list('alerts')).status, 403)
    assert.equal((await office.show('alerts', alert.uuid)).status, 403)
    assert.equal((await office.act(at, COMMENT)).status, 403)
    assert.equal(await stateOf(alert), 'open')
  })

  test('a review of one’s own access, a second one, and one without a comment', async ({ assert }) => {
    const own = await officeWith('admin', 'doctor')
    const about = await anAlert(own.user)
    assert.equal((await own.act(about.at, COMMENT)).body.problem, 'own_alert')
    assert.equal(await stateOf(about.alert), 'open')

    const office = await officeWith('admin')
    const { at, alert } = await anAlert()
    const silent = await office.act(at)
    assert.property(silent.body.fields, 'reason')
    assert.equal((await toldOf(silent)).at(-1)!.outcome, 'refused')
    assert.equal(await stateOf(alert), 'open')
    assert.equal((await office.act(at, COMMENT)).body.notice?.type, 'success')
    assert.equal((await office.act(at, COMMENT)).body.problem, 'already_reviewed')
  })
})

test.group('Alerts in the back office', () => {
  test('those that nobody has looked at come first, in either direction of the list', async ({ assert }) => {
    const office = await officeWith('admin')
    const [reviewed, open] = [await anAlert(), await anAlert()]
    await office.act(reviewed.at, COMMENT)
    const newest = await anAlert()
    await office.act(newest.at, COMMENT)
    for (const direction of ['asc', 'desc']) {
      const { body } = await office.list('alerts', `perPage=100&sortBy=created_at&direction=${direction}`)
      const ids = body.records!.map(({ id }) => id)
      const [first, ...others] = [open, reviewed, newest].map(({ alert }) => ids.indexOf(alert.uuid))
      for (const other of others) assert.isBelow(first!, other, direction)
    }
  })

  test('a list names who, whose chart and when, and neither the patient nor the reason', async ({ assert }) => {
    const office = await officeWith('admin')
    const { doctor, patient, alert } = await anAlert()
    const answer = await office.list('alerts', 'perPage=100')
    const { params } = answer.body.records!.find(({ id }) => id === alert.uuid)!
    const { name: person } = await User.findOrFail(doctor.id)
    const created_at = alert.createdAt.toISOString()
    assert.deepInclude(params, { kind: 'emergency_access', state: 'open', person, mrn: patient.mrn, created_at })
    assert.notInclude(JSON.stringify(answer.body.records), 'Convulsions')
    assert.notInclude(JSON.stringify(answer.body.records), patient.familyName)
    const [told] = await toldOf(answer)
    assert.equal(told!.action, 'alerts.browse')
    assert.include(told!.details.uuids, alert.uuid)
  })

  test('is narrowed by who, whose chart, state, kind and when', async ({ assert }) => {
    const office = await officeWith('admin')
    const [one, other] = [await anAlert(), await anAlert()]
    await office.act(other.at, COMMENT)
    const found = async (query: Record<string, string>) => {
      const asked = Object.fromEntries(Object.entries(query).map(([name, value]) => [`filters.${name}`, value]))
      const { body } = await office.list('alerts', `perPage=100&${new URLSearchParams(asked)}`)
      return body.records!.map(({ id }) => id)
    }
    assert.deepEqual(await found({ mrn: ` ${one.patient.mrn.toLowerCase()} ` }), [one.alert.uuid])
    for (const mrn of ['%', '_', 'é', one.patient.mrn.slice(0, -1)]) assert.deepEqual(await found({ mrn }), [], mrn)
    const name = someWord()
    await User.query().where('id', one.doctor.id!).update({ name })
    assert.deepEqual(await found({ person: name.toUpperCase() }), [one.alert.uuid])
    assert.deepEqual(await found({ person: '%' }), [])
    assert.notInclude(await found({ state: 'open' }), other.alert.uuid)
    assert.include(await found({ state: 'reviewed', kind: 'emergency_access' }), other.alert.uuid)
    assert.notInclude(await found({ kind: 'late_entry' }), one.alert.uuid)
    const [before, after] = ['2001-01-01T00:00:00Z', '2199-01-01T00:00:00Z']
    const { mrn } = one.patient
    assert.deepEqual(await found({ 'mrn': mrn, 'created_at~~from': after }), [])
    assert.deepEqual(await found({ 'mrn': mrn, 'created_at~~to': before }), [])
    assert.lengthOf(await found({ 'mrn': mrn, 'created_at~~from': before, 'created_at~~to': after }), 1)
  })

  test('one of them tells the reason that was given, and the look is in the audit without it', async ({ assert }) => {
    const office = await officeWith('admin')
    const { patient, access, alert } = await anAlert()
    const answer = await office.show('alerts', alert.uuid)
    const { params } = answer.body.record!
    const [patientName, expires_at] = [`${patient.familyName} ${patient.givenName}`, access.expiresAt.toISOString()]
    assert.deepInclude(params, { given_reason: GIVEN, patient: patientName, expires_at })
    const [row, ...others] = await auditOf(answer.requestId)
    assert.deepInclude(row, { action: 'alerts.open', entity_uuid: alert.uuid, patient_uuid: patient.uuid })
    assert.lengthOf(others, 0)
    assert.notInclude(JSON.stringify(row), 'Convulsions')
  })

  test('a review is kept with by whom and when, and its comment in the audit', async ({ assert }) => {
    const office = await officeWith('admin')
    const { alert, patient, at } = await anAlert()
    const answer = await office.act(at, COMMENT)
    assert.equal(answer.body.notice?.type, 'success')
    const { params, recordActions } = answer.body.record!
    assert.deepInclude(params, { state: 'reviewed', reviewed_by: office.user.name })
    assert.approximately(Date.parse(params.reviewed_at), Date.now(), 60_000)
    assert.notInclude(
      recordActions!.map(({ name }) => name),
      'review'
    )
    const told = (await auditOf(answer.requestId)).find(({ action }) => action === 'alerts.review')
    assert.deepInclude(told, { outcome: 'done', entity_uuid: alert.uuid, patient_uuid: patient.uuid })
    assert.deepInclude(JSON.parse(told!.details), { via: 'admin', ...COMMENT })
  })

  test('what is about no record, or about somebody who is erased, is shown and reviewed', async ({ assert }) => {
    const office = await officeWith('admin')
    const erased = await anAlert()
    await db.from('patients').where('id', erased.patient.id).update({ erased_at: '2026-01-01 00:00:00.000' })
    await db.from('emergency_accesses').where('uuid', erased.access.uuid).update({ reason: null })
    const at = '2026-01-01 00:00:00.000'
    const uuid = newUuid()
    await db.table('alerts').insert({ uuid, kind: 'late_entry', state: 'open', created_at: at, updated_at: at })
    for (const id of [erased.alert.uuid, uuid]) {
      const { params } = (await office.show('alerts', id)).body.record!
      assert.deepEqual([params.patient, params.given_reason], [null, null])
      const reviewed = await office.act(`alerts/records/${id}/review`, COMMENT)
      assert.equal(reviewed.body.notice?.type, 'success', reviewed.body.notice?.message)
    }
    await db.from('alerts').where('uuid', uuid).delete()
  })

  test('costs as many queries among many as alone', async ({ assert }) => {
    const office = await officeWith('admin')
    for (let n = 0; n < 4; n++) await anAlert()
    const count = async (perPage: number) =>
      (await queriesOf(() => office.list('alerts', `filters.state=open&perPage=${perPage}`))).length
    await count(5)
    assert.equal(await count(5), await count(1))
  })
})
