import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { moveClock } from '#app/core/clock'
import { newUuid } from '#app/core/ids'
import { hashOfCredential } from '#app/sync/device'
import { revokeDeviceOf } from '#app/sync/revoke_device'
import { callerOf, handDevice, sessionOf, someone } from '#tests/acting'
import { auditOf } from '#tests/functional/core/probe'
import { aCall, SYNC } from '#tests/functional/sync/device_caller'
import type { ApiClient } from '@japa/api-client'
import type User from '#app/users/user'

const DEVICES = '/api/v1/me/devices'

/** Somebody’s browser, signed in. Each answer's `requestId` names its rows in the audit. */
async function browserOf(client: ApiClient, user: User, options?: { withFactor: boolean }) {
  const headers = await sessionOf(user, options)
  return async (method: 'get' | 'post' | 'delete', path: string, body: object = {}) => {
    const requestId = newUuid()
    const request = client[method](path).header('x-request-id', requestId)
    for (const [name, value] of Object.entries(headers)) request.header(name, value)
    if (method !== 'get') request.json(body as never)
    return Object.assign(await request, { requestId })
  }
}

const rowOf = (uuid: string) => db.from('sync_devices').where('uuid', uuid).firstOrFail()

test.group('Enrolling a device is refused', (group) => {
  group.each.teardown(() => moveClock(0))

  test('without a second factor: staff and patient alike', async ({ client, assert }) => {
    const staff = await browserOf(client, await someone('doctor'), { withFactor: false })
    const patient = await browserOf(client, await someone('patient'), { withFactor: false })
    for (const send of [staff, patient]) {
      const answer = await send('post', DEVICES, { name: 'Téléphone' })
      assert.deepEqual([answer.status(), answer.body().code], [403, 'enrolment_required'])
    }
  })

  test('under the id of somebody else’s device, of which nothing is told or changed', async ({ client, assert }) => {
    const [owner, other] = [await someone('nurse'), await someone('doctor')]
    const uuid = newUuid()
    const credential = await handDevice(uuid, owner)
    const send = await browserOf(client, other)
    const answer = await send('post', DEVICES, { id: uuid, name: 'À moi' })
    assert.deepEqual([answer.status(), answer.body().code], [404, 'not_found'])
    const row = await rowOf(uuid)
    assert.deepEqual([row.user_id, row.credential_hash], [owner.id, hashOfCredential(credential)])
    assert.equal((await auditOf(answer.requestId)).length, 1)
  })

  test('for one that was revoked', async ({ client, assert }) => {
    const doctor = await someone('doctor')
    const uuid = newUuid()
    await handDevice(uuid, doctor)
    await revokeDeviceOf(callerOf(), { user: doctor.uuid, id: uuid })
    const send = await browserOf(client, doctor)
    const answer = await send('post', DEVICES, { id: uuid, name: 'Retrouvé' })
    assert.deepEqual([answer.status(), answer.body().code], [409, 'device_ended'])
    assert.isNotNull((await rowOf(uuid)).revoked_at)
  })

  test('with an id that no device makes', async ({ client, assert }) => {
    const send = await browserOf(client, await someone('doctor'))
    const answer = await send('post', DEVICES, { id: '4a7f9a52-8f5b-4c9e-9f4e-3f1d2f0c1b2a', name: 'X' })
    assert.deepEqual([answer.status(), answer.body().errors[0].pointer], [422, '/id'])
  })
})

test.group('A device', (group) => {
  group.each.teardown(() => moveClock(0))

  test('is enrolled with a credential that is shown once and kept as a hash', async ({ client, assert }) => {
    const doctor = await someone('doctor')
    const send = await browserOf(client, doctor)
    const made = await send('post', DEVICES, { name: 'Téléphone du poste' })
    assert.equal(made.status(), 201)
    const { id, credential, credential_expires_at } = made.body().data
    assert.match(credential, /^[\w-]{43}$/)
    const days = (Date.parse(credential_expires_at) - Date.now()) / 86_400_000
    assert.approximately(days, 30, 0.01)
    assert.equal((await rowOf(id)).credential_hash, hashOfCredential(credential))
    const [told, ...others] = await auditOf(made.requestId)
    assert.deepEqual([told!.action, told!.entity_uuid, others], ['devices.enrol', id, []])
    assert.notInclude(told!.details, credential)
    const listed = await send('get', DEVICES)
    assert.deepInclude(listed.body().data[0], { id, name: 'Téléphone du poste', revoked_at: null })
    assert.notInclude(listed.text(), credential)
    assert.notInclude(listed.text(), hashOfCredential(credential))
  })

  test('of one’s own is renewed: the former credential is over, the id stays', async ({ client, assert }) => {
    const doctor = await someone('doctor')
    const send = await browserOf(client, doctor)
    const { id, credential } = (await send('post', DEVICES, { id: newUuid(), name: 'Un' })).body().data
    moveClock(20 * 86_400_000)
    const again = await browserOf(client, doctor)
    const renewed = (await again('post', DEVICES, { id, name: 'Deux' })).body().data
    assert.deepEqual([renewed.id, renewed.name], [id, 'Deux'])
    const statusWith = async (value: string) => {
      const answer = await client.post(SYNC).header('authorization', `Device ${value}`).json(aCall(id, []))
      return [answer.status(), answer.body().code]
    }
    assert.deepEqual(await statusWith(credential), [401, 'device_sign_in_needed'])
    assert.deepEqual(await statusWith(renewed.credential), [200, undefined])
    assert.lengthOf(await db.from('sync_devices').where('user_id', doctor.id), 1)
  })

  test('is revoked by its owner, stays in the list, and is not found a second time', async ({ client, assert }) => {
    const doctor = await someone('doctor')
    const uuid = newUuid()
    await handDevice(uuid, doctor)
    const send = await browserOf(client, doctor)
    const ended = await send('delete', `${DEVICES}/${uuid}`)
    assert.deepEqual([ended.status(), ended.body().data.id], [200, uuid])
    assert.isNotNull(ended.body().data.revoked_at)
    assert.deepEqual(
      [(await rowOf(uuid)).revoked_by, (await auditOf(ended.requestId))[0]!.action],
      [doctor.id, 'devices.revoke']
    )
    assert.equal((await send('get', DEVICES)).body().data[0].id, uuid)
    assert.equal((await send('delete', `${DEVICES}/${uuid}`)).status(), 404)
  })

  test('of somebody else is not found, and not revoked', async ({ client, assert }) => {
    const owner = await someone('nurse')
    const uuid = newUuid()
    await handDevice(uuid, owner)
    const send = await browserOf(client, await someone('doctor'))
    assert.equal((await send('delete', `${DEVICES}/${uuid}`)).status(), 404)
    assert.isNull((await rowOf(uuid)).revoked_at)
    assert.lengthOf((await send('get', DEVICES)).body().data, 0)
  })

  test('is listed and revoked by an administrator who has just proven who they are', async ({ client, assert }) => {
    const [owner, admin] = [await someone('nurse'), await someone('admin')]
    const uuid = newUuid()
    await handDevice(uuid, owner)
    const path = `/api/v1/users/${owner.uuid}/devices`
    const send = await browserOf(client, admin)
    assert.equal((await send('get', path)).body().data[0].id, uuid)
    moveClock(6 * 60_000)
    const asked = await send('delete', `${path}/${uuid}`)
    assert.deepEqual([asked.status(), asked.body().code], [403, 'step_up_required'])
    moveClock(0)
    assert.equal((await send('delete', `/api/v1/users/${admin.uuid}/devices/${uuid}`)).status(), 404)
    assert.equal((await send('delete', `${path}/${uuid}`)).status(), 200)
    assert.equal((await rowOf(uuid)).revoked_by, admin.id)
  })
})
