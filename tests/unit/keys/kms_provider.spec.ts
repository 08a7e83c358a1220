import { randomBytes } from 'node:crypto'
import { test } from '@japa/runner'
import { moveClock } from '#app/core/clock'
import { KeyProviderUnavailable } from '#app/keys/key_provider'
import { KmsKeyProvider } from '#app/keys/kms_provider'
import { KmsEndpoint } from '#tests/kms_endpoint'

test.group('KMS', (group) => {
  let kms: KmsEndpoint
  let endpoint: string

  group.each.setup(async () => {
    const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret } = process.env
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'AKIATEST', AWS_SECRET_ACCESS_KEY: 'for-tests-only' })
    kms = new KmsEndpoint()
    endpoint = await kms.listen()
    return () => {
      moveClock(0)
      kms.close()
      delete process.env.AWS_ACCESS_KEY_ID
      delete process.env.AWS_SECRET_ACCESS_KEY
      if (id && secret) Object.assign(process.env, { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret })
    }
  })

  const using = (keyId: string | null, region?: string) => new KmsKeyProvider({ keyId, region, endpoint })

  test('what is wrapped for one use does not unwrap for another, nor by another key', async ({ assert }) => {
    const [arn, other] = [kms.addKey(), kms.addKey()]
    const provider = using(arn)
    const { wrapped, kekUri } = await provider.wrap(randomBytes(32), 'medinfo/master')
    const refused = [
      () => provider.unwrap(wrapped, kekUri, 'medinfo/audit_mac'),
      () => provider.unwrap(wrapped, `kms:${other}`, 'medinfo/master'),
      () => provider.unwrap(Buffer.concat([wrapped, Buffer.from([1])]), kekUri, 'medinfo/master'),
    ]
    for (const attempt of refused) {
      const error = await attempt().catch((thrown: unknown) => thrown)
      assert.instanceOf(error, Error)
      assert.notInstanceOf(error, KeyProviderUnavailable)
    }
  })

  test('wraps and unwraps, and names the key by its ARN also where it is set by its alias', async ({ assert }) => {
    const arn = kms.addKey()
    kms.name('alias/medinfo', arn)
    const provider = using('alias/medinfo', 'eu-west-3')
    const plain = randomBytes(32)
    const { wrapped, kekUri } = await provider.wrap(plain, 'medinfo/master')
    assert.equal(kekUri, `kms:${arn}`)
    assert.isFalse(wrapped.includes(plain))
    assert.deepEqual(await provider.unwrap(wrapped, kekUri, 'medinfo/master'), plain)
    assert.deepEqual(kms.asked, ['Encrypt medinfo/master', 'Decrypt medinfo/master'])
  })

  test('a key that the alias named before goes on to unwrap', async ({ assert }) => {
    const [former, next] = [kms.addKey(), kms.addKey()]
    const provider = using('alias/medinfo', 'eu-west-3')
    kms.name('alias/medinfo', former)
    const { wrapped, kekUri } = await provider.wrap(Buffer.from('one'), 'medinfo/master')
    kms.name('alias/medinfo', next)
    assert.equal(await provider.renew(), `kms:${next}`)
    assert.equal(String(await provider.unwrap(wrapped, kekUri, 'medinfo/master')), 'one')
  })

  test('is asked again when it stumbles, and not for ever', async ({ assert }) => {
    const provider = using(kms.addKey())
    kms.fail('ThrottlingException')
    kms.fail('KMSInternalException', 500)
    await provider.wrap(Buffer.from('one'), 'medinfo/master')
    for (let fault = 0; fault < 3; fault++) kms.fail('KMSInternalException', 500)
    await assert.rejects(() => provider.wrap(Buffer.from('one'), 'medinfo/master'), KeyProviderUnavailable as never)
  })

  for (const state of ['gone', 'silent'] as const) {
    test(`that is ${state} is unavailable, and works again once it is back`, async ({ assert }) => {
      const provider = using(kms.addKey())
      const { wrapped, kekUri } = await provider.wrap(Buffer.from('one'), 'medinfo/master')
      kms.state = state
      const ask = () => provider.unwrap(wrapped, kekUri, 'medinfo/master')
      await assert.rejects(ask, KeyProviderUnavailable as never)
      kms.state = 'well'
      moveClock(16_000)
      assert.equal(String(await ask()), 'one')
    }).timeout(20_000)
  }

  test('that keeps one waiting is left alone for a while, so that nobody else waits', async ({ assert }) => {
    const provider = using(kms.addKey())
    kms.state = 'silent'
    const ask = () => provider.wrap(Buffer.from('one'), 'medinfo/master')
    await assert.rejects(ask, KeyProviderUnavailable as never)
    kms.state = 'well'
    await assert.rejects(ask, KeyProviderUnavailable as never)
    assert.deepEqual(kms.asked, [])
    moveClock(16_000)
    await ask()
  }).timeout(20_000)

  for (const code of ['AccessDeniedException', 'DisabledException', 'NotFoundException', 'KMSInvalidStateException']) {
    test(`that answers ${code} is unavailable: somebody can mend that`, async ({ assert }) => {
      const provider = using(kms.addKey())
      kms.fail(code)
      await assert.rejects(() => provider.wrap(Buffer.from('one'), 'medinfo/master'), KeyProviderUnavailable as never)
    })
  }

  test('without credentials, or a key, it is unavailable and nothing is made up', async ({ assert }) => {
    await assert.rejects(() => using(null).activeUri(), KeyProviderUnavailable as never)
    delete process.env.AWS_ACCESS_KEY_ID
    // The machine's own role, which a client of AWS asks for last, is not there either.
    process.env.AWS_EC2_METADATA_DISABLED = 'true'
    await assert.rejects(() => using(kms.addKey()).activeUri(), KeyProviderUnavailable as never)
    delete process.env.AWS_EC2_METADATA_DISABLED
  })
})
