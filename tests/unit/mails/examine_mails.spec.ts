import { test } from '@japa/runner'
import { checkMailSettings } from '#app/setup/examine_mails'
import env from '#start/env'

const FROM = 'MedInfo <no-reply@clinic.example>'
const SERVER = 'smtp://user:hunter2@mail.example.org'

test.group('What doctor says of mails', (group) => {
  group.each.teardown(() => env.set('MAIL_FROM', ''))

  const check = (dsn?: string, from?: string) => {
    env.set('MAIL_FROM', from ?? '')
    return checkMailSettings(dsn, from)
  }

  test('that they are files, and that this is no fault', ({ assert }) => {
    assert.deepInclude(check(), { ok: true, code: 'as_files' })
  })

  test('that a server is named and a sender is not', ({ assert }) => {
    assert.deepInclude(check(SERVER), { ok: false, code: 'no_sender' })
    const named = check(SERVER, FROM)
    assert.deepInclude(named, { ok: true, code: 'ok' })
    assert.deepEqual(named.params, { host: 'mail.example.org', address: 'no-reply@clinic.example' })
  })

  test('which setting is wrong, without the password that it holds', ({ assert }) => {
    const wrong = check(SERVER.replace('smtp', 'imap'), FROM)
    assert.equal(wrong.code, 'invalid')
    assert.match(String(wrong.params!.reason), /^MAIL_DSN(?!.*hunter2)/)
    for (const from of ['nobody', 'a@b, c@d', 'MedInfo <>', 'a@b\r\nBcc: c@d'])
      assert.match(String(check(SERVER, from).params!.reason), /^MAIL_FROM/, from)
  })

  test('the sender by its bare address too', ({ assert }) => {
    assert.equal(check(SERVER, 'no-reply@clinic.example').params!.address, 'no-reply@clinic.example')
    assert.equal(check(SERVER, '"Clinique, Port" <p@clinic.example>').params!.address, 'p@clinic.example')
  })
})
