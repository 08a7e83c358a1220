import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { moveClock } from '#app/core/clock'
import { endSessionsOf } from '#app/sessions/end_sessions'
import { revokeDeviceOf } from '#app/sync/revoke_device'
import { verifyDevice, writeLastSeenDevices } from '#app/sync/verify_device'
import { disableUser } from '#app/users/disable_user'
import { callerOf, sessionOf, someone } from '#tests/acting'
import { patientOf, someConsultation } from '#tests/functional/charts/some_chart'
import { auditOf } from '#tests/functional/core/probe'
import { queriesOf } from '#tests/functional/queries'
import { aCall, aMutation, deviceOf, SYNC, type Pushed } from '#tests/functional/sync/device_caller'
import { beginLoad } from '#app/sync/bootstrap'

const refusalOf = (answer: Pushed) => [answer.status(), answer.body().code]

test.group('A credential opens nothing', (group) => {
  group.each.teardown(() => moveClock(0))

  test('once its device is revoked, and says so', async ({ client, assert }) => {
    const doctor = await someone('doctor')
    const device = await deviceOf(client, doctor)
    const mutation = aMutation('records.add', {
      patient_id: (await patientOf(doctor)).uuid,
      type: 'note',
      description: 'x',
    })
    await revokeDeviceOf(callerOf(), { user: doctor.uuid, id: device.uuid })
    const answer = await device.push(mutation)
    assert.deepEqual(refusalOf(answer), [401, 'device_revoked'])
    assert.equal(answer.header('www-authenticate'), 'Device')
    assert.lengthOf(await db.from('medical_records').where('uuid', mutation.client_generated_uuid), 0)
    const [told, ...others] = await auditOf(answer.requestId)
    assert.deepEqual([told!.action, JSON.parse(told!.details).code, others], ['http_request', 'device_revoked', []])
    moveClock(31 * 86_400_000)
    assert.deepEqual(refusalOf(await device.push()), [401, 'device_revoked'])
  })

  test('after thirty days, until its owner signs in', async ({ client, assert }) => {
    const device = await deviceOf(client, await someone('doctor'))
    moveClock(30 * 86_400_000 - 60_000)
    assert.equal((await device.push()).status(), 200)
    moveClock(30 * 86_400_000 + 60_000)
    assert.deepEqual(refusalOf(await device.push()), [401, 'device_sign_in_needed'])
  })

  test('once password, roles or factors have changed', async ({ client, assert }) => {
    const doctor = await someone('doctor')
    const device = await deviceOf(client, doctor)
    await endSessionsOf(callerOf(), { user: doctor.uuid })
    assert.deepEqual(refusalOf(await device.push()), [401, 'device_sign_in_needed'])
  })

  test('of somebody whose account is closed, even at the same epoch', async ({ client, assert }) => {
    const doctor = await someone('doctor')
    const device = await deviceOf(client, doctor)
    const { sign_in_epoch } = await db.from('users').where('id', doctor.id).firstOrFail()
    await disableUser(callerOf(), { user: doctor.uuid })
    await db.from('users').where('id', doctor.id).update({ sign_in_epoch })
    assert.deepEqual(refusalOf(await device.push()), [401, 'device_sign_in_needed'])
  })

  test('that nobody was ever given', async ({ client, assert }) => {
    const answer = await client.post(SYNC).header('authorization', 'Device nonsense').json(aCall('x', []))
    assert.deepEqual([answer.status(), answer.body().code], [401, 'device_sign_in_needed'])
  })

  test('but the sync: every other address takes it for no token', async ({ client, assert }) => {
    const doctor = await someone('doctor')
    const device = await deviceOf(client, doctor)
    const { uuid } = await someConsultation(doctor, await patientOf(doctor))
    for (const path of ['/me', '/me/devices', '/me/tokens', `/consultations/${uuid}`, '/patients', '/session']) {
      const answer = await client.get(`/api/v1${path}`).header('authorization', `Device ${device.credential}`)
      assert.deepEqual([answer.status(), answer.body().code], [401, 'token_invalid'], path)
    }
    const bearer = await client.get('/api/v1/me').bearerToken(device.credential)
    assert.equal(bearer.status(), 401)
  })

  test('beside the cookie of a session, since nobody could say who acts', async ({ client, assert }) => {
    const doctor = await someone('doctor')
    const device = await deviceOf(client, doctor)
    const answer = await device.send(aCall(device.uuid, []), await sessionOf(doctor))
    assert.deepEqual(refusalOf(answer), [400, 'two_credentials'])
  })
})

test.group('A credential', (group) => {
  group.each.teardown(() => moveClock(0))

  test('is known by one query, with all that its owner may', async ({ client, assert }) => {
    const doctor = await someone('doctor')
    const { credential, uuid } = await deviceOf(client, doctor)
    let known: Awaited<ReturnType<typeof verifyDevice>> = null
    const queries = await queriesOf(async () => void (known = await verifyDevice(credential)))
    assert.lengthOf(queries, 1)
    const { user } = known as unknown as {
      user: { can(name: string): boolean; uuid: string; device: { uuid: string } }
    }
    assert.deepEqual([user.uuid, user.device.uuid], [doctor.uuid, uuid])
    assert.deepEqual([user.can('charts.view'), user.can('users.manage')], [true, false])
  })

  test('outlives the session in which it was made', async ({ client, assert }) => {
    const doctor = await someone('doctor')
    const device = await deviceOf(client, doctor)
    moveClock(3 * 86_400_000)
    const mutation = aMutation('records.add', {
      patient_id: (await patientOf(doctor)).uuid,
      type: 'note',
      description: 'Vu au poste',
    })
    assert.equal((await device.push(mutation)).status(), 200)
  })

  test('leaves when the device was last seen, and up to where it has pulled', async ({ client, assert }) => {
    const doctor = await someone('doctor')
    const [device, other] = [await deviceOf(client, doctor), await deviceOf(client, doctor)]
    const { epoch, cursor } = await beginLoad(callerOf(doctor), {})
    await device.send(aCall(device.uuid, [], { epoch, cursor }))
    await other.push()
    assert.isAtLeast(await writeLastSeenDevices(db.connection()), 2)
    const rowOf = (uuid: string) => db.from('sync_devices').where('uuid', uuid).firstOrFail()
    const [seen, pushing] = [await rowOf(device.uuid), await rowOf(other.uuid)]
    assert.isNotNull(seen.last_seen)
    const { seq } = (await import('#app/sync/sync_position')).readSyncCursor(cursor)
    assert.equal(Number(seen.last_cursor), seq)
    assert.isNotNull(pushing.last_seen)
    assert.isNull(pushing.last_cursor)
    await device.push()
    await writeLastSeenDevices(db.connection())
    assert.equal(Number((await rowOf(device.uuid)).last_cursor), seq)
  })
})
