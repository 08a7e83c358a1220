import { test } from '@japa/runner'
import { linkAddress } from '#app/mails/app_address'
import { relyingParty } from '#app/passkeys/passkey_party'
import { reachableAt } from '#app/tls/machine_names'
import env from '#start/env'

const SETTINGS = ['APP_URL', 'HOST', 'TLS_OWN_AUTHORITY', 'TLS_CERT', 'TLS_KEY'] as const

test.group('The address that people are told', (group) => {
  group.each.setup(() => {
    const kept = SETTINGS.map((name) => [name, env.get(name)] as const)
    return () => {
      for (const [name, value] of kept) {
        env.set(name, value as never)
        if (value === undefined) delete process.env[name]
      }
    }
  })
  const port = env.get('PORT')
  const link = () => linkAddress('invitation', 'x')
  const hearing = (settings: Partial<Record<(typeof SETTINGS)[number], unknown>>) => {
    for (const [name, value] of Object.entries(settings)) env.set(name as 'HOST', value as never)
  }

  test('is this machine, in the clear, while nobody else can sign in', ({ assert }) => {
    hearing({ HOST: '0.0.0.0' })
    assert.equal(link(), `http://localhost:${port}/app/invitation#x`)
    assert.equal(relyingParty().origin, `http://localhost:${port}`)
  })

  test('leads a phone here by https; passkeys need a name, and take localhost for an address', ({ assert }) => {
    hearing({ HOST: '0.0.0.0', TLS_OWN_AUTHORITY: true })
    assert.equal(link(), `https://${reachableAt('0.0.0.0')[0]}:${port}/app/invitation#x`)
    assert.deepInclude(relyingParty(), { id: 'localhost', origin: `https://localhost:${port}` })
    hearing({ HOST: 'ward.local' })
    assert.equal(link(), `https://ward.local:${port}/app/invitation#x`)
    assert.deepInclude(relyingParty(), { id: 'ward.local', origin: `https://ward.local:${port}` })
  })

  test('is by https with a given certificate too, and APP_URL wins over all', ({ assert }) => {
    hearing({ HOST: '127.0.0.1', TLS_CERT: 'cert.pem', TLS_KEY: 'key.pem' })
    assert.equal(link(), `https://localhost:${port}/app/invitation#x`)
    hearing({ APP_URL: 'https://medinfo.example.org/' })
    assert.equal(link(), 'https://medinfo.example.org/app/invitation#x')
  })
})
