import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { moveClock } from '#app/core/clock'
import { ChosenKeyProvider } from '#app/keys/chosen_provider'
import { forgetDataKeys } from '#app/keys/data_keys'
import { kekRows, keksInUse } from '#app/keys/kek_rows'
import { showKeyStatus, showKeyStatusAnyhow } from '#app/keys/key_status'
import { keyring, useKeyring } from '#app/keys/keyring_service'
import { KmsKeyProvider } from '#app/keys/kms_provider'
import { LocalKeyProvider } from '#app/keys/local_provider'
import { rewrapKeys, rotateKek } from '#app/keys/start_rotation'
import { examineDatabase } from '#app/setup/examine_database'
import { text } from '#cli/texts'
import { keyringFile } from '#start/env'
import { callerOf, someone, tokenOf } from '#tests/acting'
import { KmsEndpoint } from '#tests/kms_endpoint'
import { medinfo, medinfoJson } from '#tests/functional/cli/medinfo'
import { anotherKeyring, done, phoneOf, register, within } from '#tests/functional/keys/rotating'

const kms = new KmsEndpoint()
let arn: string
let endpoint: string

const local = () => new LocalKeyProvider(keyringFile())
const byKms = (keyId = arn) => new ChosenKeyProvider(new KmsKeyProvider({ keyId, endpoint }), local())
const byFile = () => new ChosenKeyProvider(local(), new KmsKeyProvider({ keyId: null, endpoint }))
/** What stands before the first colon of the keys that still wrap something. */
const providersInUse = async () => [...new Set((await keksInUse(db.connection())).map((uri) => uri.split(':')[0]))]

/** What `medinfo doctor` says of the keys. */
async function doctorOnKeys() {
  const findings = await examineDatabase()
  return findings.find(({ name }) => name === 'keys')!.code
}

test.group('An installation that moves to KMS', (group) => {
  group.setup(async () => {
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'AKIATEST', AWS_SECRET_ACCESS_KEY: 'for-tests-only' })
    endpoint = await kms.listen()
    arn = kms.addKey()
    const own = keyring()
    useKeyring(anotherKeyring(byKms()))
    return async () => {
      // The other tests have a keyring file alone: back to it, which is a move like the other.
      kms.state = 'well'
      useKeyring(anotherKeyring(byFile()))
      await done(rewrapKeys(callerOf(), {}))
      useKeyring(own)
      forgetDataKeys()
      kms.close()
      for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) delete process.env[name]
    }
  })
  group.each.setup(() => {
    // What one test has kept, with a clock that runs ahead, the next one must not know.
    useKeyring(anotherKeyring(byKms()))
    return () => {
      kms.state = 'well'
      moveClock(0)
    }
  })

  test('reads by the keyring file until its keys are moved, then by KMS alone', async ({ assert }) => {
    const patient = await register('+221771113301')
    assert.deepEqual(await providersInUse(), ['local'])
    kms.state = 'gone'
    assert.deepEqual((await showKeyStatus(callerOf(), {})).provider, { name: 'kms', answers: false })
    assert.equal(await doctorOnKeys(), 'kms_silent')
    kms.state = 'well'
    await done(rewrapKeys(callerOf(), {}))
    assert.deepEqual(
      await keksInUse(db.connection()),
      Array((await kekRows(db.connection())).length).fill(`kms:${arn}`)
    )
    const kmsAlone = anotherKeyring(new KmsKeyProvider({ keyId: arn, endpoint }))
    assert.equal(await within(kmsAlone, () => phoneOf(patient)), '+221771113301')
    const { provider, keys } = await showKeyStatus(callerOf(), {})
    assert.deepEqual(provider, { name: 'kms', answers: true })
    const [kek] = keys.filter(({ kind, state }) => kind === 'kek' && state === 'active')
    assert.equal(kek!.name, `kms:${arn}`)
    assert.equal(await doctorOnKeys(), 'ok')
  })

  test('moves to the key that is named now, and under the same name wraps all of them anew', async ({ assert }) => {
    const patient = await register('+221771113302')
    const next = kms.addKey()
    await within(anotherKeyring(byKms(next)), async () => {
      await done(rotateKek(callerOf(), {}))
      assert.deepEqual([...new Set(await keksInUse(db.connection()))], [`kms:${next}`])
      const wrapped = async () => (await kekRows(db.connection())).map((row) => row.wrapped.toString('hex'))
      const before = new Set(await wrapped())
      await done(rotateKek(callerOf(), {}))
      for (const one of await wrapped()) assert.isFalse(before.has(one))
    })
    await done(rotateKek(callerOf(), {}))
    assert.equal(await within(anotherKeyring(), () => phoneOf(patient)), '+221771113302')
  })

  for (const state of ['gone', 'silent'] as const) {
    test(`while KMS is ${state}, what is in memory serves, and then 503: nothing is opened, nothing written in clear`, async ({
      client,
      assert,
    }) => {
      const patient = await register('+221771113303')
      const token = await tokenOf(await someone('admin'))
      const ask = () => client.get(`/api/v1/patients/${patient.uuid}`).bearerToken(token)
      const warm = await ask()
      kms.state = state
      const kept = await ask()
      assert.deepEqual([warm.status(), kept.status(), kept.body().data.phone], [200, 200, '+221771113303'])
      moveClock(11 * 60_000)
      forgetDataKeys()
      const mrn = `KMS-${state}-${Date.now()}`
      const person = { family_name: 'Kms', given_name: 'Awa', sex: 'female', dob: '1990-01-01', mrn }
      const write = client.post('/api/v1/patients').bearerToken(token)
      const answers = [await ask(), await write.json({ ...person, phone: '+221771113304' })]
      for (const answer of answers) assert.deepEqual([answer.status(), answer.body().code], [503, 'keys_unavailable'])
      assert.isNull(await db.from('patients').where('mrn', mrn).first())
      assert.equal(await doctorOnKeys(), 'kms_silent')
      kms.state = 'well'
      moveClock(12 * 60_000)
      const back = await ask()
      assert.deepEqual([back.status(), back.body().data.phone], [200, '+221771113303'])
    }).timeout(60_000)
  }

  for (const state of ['gone', 'silent'] as const)
    test(`a process that starts while KMS is ${state} still tells the operator what the database knows of the keys`, async ({
      assert,
    }) => {
      const [entries] = await db.from('audit_logs').count('* as n')
      kms.state = state
      await assert.rejects(() => showKeyStatus(callerOf(), {}), 'keys_unavailable')
      useKeyring(anotherKeyring(byKms()))
      const { code, json } = await medinfoJson('key', 'status')
      assert.equal(code, 1)
      const { provider, keys, data_keys: dataKeys } = json.data
      assert.deepEqual(provider, { name: 'kms', answers: false })
      const statesOf = (kind: string) => keys.filter((key: any) => key.kind === kind).map((key: any) => key.state)
      assert.deepEqual(statesOf('kek'), ['unknown'])
      assert.include(statesOf('master'), 'active')
      assert.isAbove(dataKeys.active, 0)
      const { code: again, out } = await medinfo('key', 'status')
      assert.deepEqual([again, out.split('\n')[0]], [1, text('key.provider_silent', { name: 'KMS' })])
      const [after] = await db.from('audit_logs').count('* as n')
      assert.equal(Number(after.n), Number(entries.n), 'no entry that nobody could sign')
    }).timeout(30_000)

  test('only the operator is told so, and nobody whose asking could not be audited', async ({ assert }) => {
    const admin = callerOf(await someone('admin'))
    useKeyring(anotherKeyring(byKms()))
    kms.state = 'gone'
    await assert.rejects(() => showKeyStatusAnyhow(admin), 'keys_unavailable')
  })

  test('the key of another installation opens nothing, and the doctor says so', async ({ assert }) => {
    // A KMS that has a key of that name, with other bytes.
    const other = new KmsEndpoint()
    const address = await other.listen()
    try {
      other.addKey(arn)
      useKeyring(anotherKeyring(new ChosenKeyProvider(new KmsKeyProvider({ keyId: arn, endpoint: address }), local())))
      assert.equal(await doctorOnKeys(), 'kms_does_not_fit')
    } finally {
      other.close()
    }
  })
})
