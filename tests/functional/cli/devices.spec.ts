import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { newUuid } from '#app/core/ids'
import { hashOfCredential } from '#app/sync/device'
import { handDevice, someone } from '#tests/acting'
import { jsonOf, medinfo, medinfoJson } from '#tests/functional/cli/medinfo'

test.group('Devices on the command line', (group) => {
  group.setup(async () => {
    await someone('admin')
  })

  test('refuses to list or revoke those of nobody', async ({ assert }) => {
    const listed = await medinfoJson('device', 'list', '--user', 'nobody@example.org')
    assert.deepEqual([listed.code, listed.json.error.code], [1, 'unknown_user'])
    const user = await someone('nurse')
    const revoked = await medinfoJson('device', 'revoke', '--user', user.email!, '--id', newUuid())
    assert.deepEqual([revoked.code, revoked.json.error.code], [1, 'not_found'])
  })

  test('lists a person’s devices, and not what opens them', async ({ assert }) => {
    const user = await someone('nurse')
    const uuid = newUuid()
    const credential = await handDevice(uuid, user)
    await handDevice(newUuid(), await someone('nurse'))
    const { out } = await medinfo('device', 'list', '--user', user.email!, '--json')
    const { data } = JSON.parse(out)
    assert.deepEqual([data.length, data[0].id, data[0].revoked_at], [1, uuid, null])
    for (const secret of [credential, hashOfCredential(credential)]) assert.notInclude(out, secret)
  })

  test('revokes a device, and not in a rehearsal', async ({ assert }) => {
    const user = await someone('nurse')
    const uuid = newUuid()
    await handDevice(uuid, user)
    const revokedAt = async () => (await db.from('sync_devices').where({ uuid }).firstOrFail()).revoked_at
    const words = ['device', 'revoke', '--user', user.email!, '--id', uuid]
    assert.isTrue((await jsonOf(...words, '--dry-run')).dry_run)
    assert.isNull(await revokedAt())
    assert.equal((await jsonOf(...words)).id, uuid)
    assert.isNotNull(await revokedAt())
    const table = await medinfo('device', 'list', '--user', user.uuid)
    assert.match(table.out, new RegExp(`^${uuid} .*(révoqué|revoked)`, 'm'))
  })
})
