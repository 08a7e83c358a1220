import { join } from 'node:path'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { forgetDataKeys } from '#app/keys/data_keys'
import { Keyring } from '#app/keys/keyring'
import { keyring, useKeyring } from '#app/keys/keyring_service'
import { LocalKeyProvider } from '#app/keys/local_provider'
import { registerPatient } from '#app/patients/register_patient'
import { examineDatabase } from '#app/setup/examine_database'
import { dataDir } from '#start/env'
import { callerOf, someone, tokenOf } from '#tests/acting'

const identity = { family_name: 'Keyless', given_name: 'Awa', sex: 'female', dob: '1990-01-01' }

test.group('Without its keyring', (group) => {
  group.each.setup(() => {
    const real = keyring()
    return () => useKeyring(real)
  })

  /** A process that has just started, on a machine where somebody moved the keyring away. */
  function loseKeyring() {
    useKeyring(new Keyring(new LocalKeyProvider(join(dataDir(), 'nowhere.json')), () => db.connection()))
    forgetDataKeys()
  }

  test('the server says that the keys are away, opens nothing and writes nothing in clear', async ({
    client,
    assert,
  }) => {
    const patient = await registerPatient(callerOf(), { ...identity, phone: '+221771112233' })
    const token = await tokenOf(await someone('admin'))
    const mrn = `KEYLESS-${Date.now()}`
    loseKeyring()
    const answers = [
      await client.get(`/api/v1/patients/${patient.uuid}`).bearerToken(token),
      await client
        .post('/api/v1/patients')
        .bearerToken(token)
        .json({ ...identity, mrn, phone: '+221771112233' }),
      await client
        .patch(`/api/v1/patients/${patient.uuid}`)
        .bearerToken(token)
        .json({ version: 1, phone: '+221770000000' }),
    ]
    for (const answer of answers) {
      assert.equal(answer.status(), 503)
      assert.equal(answer.body().code, 'keys_unavailable')
      assert.exists(answer.header('retry-after'))
      assert.notProperty(answer.body(), 'data')
    }
    assert.isNull(await db.from('patients').where('mrn', mrn).first())
    assert.equal((await db.from('patients').where('uuid', patient.uuid).firstOrFail()).version, 1)
    const live = await client.get('/health/live')
    live.assertStatus(200)
  })

  test('with that of another installation it opens and writes as little, and the doctor says which is missing', async ({
    client,
    assert,
  }) => {
    const patient = await registerPatient(callerOf(), { ...identity, phone: '+221771112233' })
    const token = await tokenOf(await someone('admin'))
    const file = join(dataDir(), 'of-others.json')
    await LocalKeyProvider.create(file)
    useKeyring(new Keyring(new LocalKeyProvider(file), () => db.connection()))
    forgetDataKeys()
    const read = await client.get(`/api/v1/patients/${patient.uuid}`).bearerToken(token)
    const written = await client.post('/api/v1/patients').bearerToken(token).json(identity)
    for (const answer of [read, written])
      assert.deepEqual([answer.status(), answer.body().code], [503, 'keys_unavailable'])
    const findings = await examineDatabase()
    assert.equal(findings.find(({ name }) => name === 'keys')!.code, 'do_not_fit')
  })

  test('it opens the same record again once the keyring is back', async ({ client, assert }) => {
    const patient = await registerPatient(callerOf(), { ...identity, phone: '+221771112233' })
    const token = await tokenOf(await someone('admin'))
    const real = keyring()
    loseKeyring()
    const closed = await client.get(`/api/v1/patients/${patient.uuid}`).bearerToken(token)
    useKeyring(real)
    const open = await client.get(`/api/v1/patients/${patient.uuid}`).bearerToken(token)
    assert.deepEqual([closed.status(), open.status(), open.body().data.phone], [503, 200, '+221771112233'])
  })
})
