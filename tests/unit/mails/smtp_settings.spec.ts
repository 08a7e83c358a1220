import { test } from '@japa/runner'
import { smtpSettings } from '#app/mails/smtp_settings'
import { sendingError } from '#app/mails/sending_error'
import { waitAfter } from '#app/mails/mail_queue'

const settingsOf = (dsn: string) => smtpSettings(dsn) as Record<string, any>

test.group('MAIL_DSN', () => {
  test('is refused without a word of what it holds', ({ assert }) => {
    for (const dsn of ['hunter2', 'http://user:hunter2@mail.example.org', 'smtp://', 'smtp://user:%hunter2@host'])
      assert.throws(() => void smtpSettings(dsn), /^MAIL_DSN is not of the form(?!.*hunter2)/)
  })

  test('never goes in clear, nor to an unknown certificate, beyond this machine', ({ assert }) => {
    for (const host of ['mail.example.org', '10.0.0.4', '[2001:db8::1]', 'localhost.example.org']) {
      const { requireTLS, tls } = settingsOf(`smtp://${host}?tls=optional`)
      assert.deepEqual([requireTLS, tls.rejectUnauthorized], [true, true], host)
    }
  })

  test('asks for no certificate on this machine, unless it is told to', ({ assert }) => {
    for (const host of ['localhost', '127.0.0.1', '[::1]']) {
      assert.isFalse(settingsOf(`smtp://${host}:25`).tls.rejectUnauthorized, host)
      assert.isFalse(settingsOf(`smtp://${host}:25`).requireTLS, host)
      assert.isTrue(settingsOf(`smtp://${host}:25?tls=required`).tls.rejectUnauthorized, host)
      assert.isTrue(settingsOf(`smtp://${host}:25?tls=required`).requireTLS, host)
    }
  })

  test('names the port where it is not the usual one', ({ assert }) => {
    assert.deepInclude(settingsOf('smtp://mail.example.org'), { port: 587, secure: false, host: 'mail.example.org' })
    assert.deepInclude(settingsOf('smtps://mail.example.org'), { port: 465, secure: true })
    assert.deepInclude(settingsOf('smtp://[::1]:2525'), { port: 2525, host: '::1' })
  })

  test('may hold any password', ({ assert }) => {
    const { auth } = settingsOf('smtp://clinic%40example.org:p%40ss%3A%2Fé@mail.example.org')
    assert.deepInclude(auth, { user: 'clinic@example.org', pass: 'p@ss:/é' })
    assert.isUndefined(settingsOf('smtp://localhost:25').auth)
  })
})

test.group('What went wrong while a mail was sent', () => {
  const CASES: [string, object, string, boolean][] = [
    ['nobody lives there', { code: 'EENVELOPE', command: 'RCPT TO', responseCode: 550 }, 'recipient_refused', true],
    ['come again later', { code: 'EENVELOPE', command: 'RCPT TO', responseCode: 450 }, 'recipient_refused', false],
    ['an address that is none', { code: 'EENVELOPE', command: 'API' }, 'recipient_refused', true],
    ['our sender', { code: 'EENVELOPE', command: 'MAIL FROM', responseCode: 553 }, 'sender_refused', false],
    ['what it says', { code: 'EMESSAGE', command: 'DATA', responseCode: 554 }, 'message_refused', true],
    ['a password that is wrong', { code: 'EAUTH', responseCode: 535 }, 'not_signed_in', false],
    ['no encryption', { code: 'ETLS' }, 'not_encrypted', false],
    ['an unknown certificate', { code: 'ESOCKET', message: 'self-signed certificate' }, 'not_encrypted', false],
    ['nobody listens', { code: 'ESOCKET', message: 'connect ECONNREFUSED 10.0.0.4:587' }, 'unreachable', false],
    ['an answer too late', { code: 'ETIMEDOUT' }, 'unreachable', false],
    ['a full disk', { code: 'ENOSPC' }, 'not_written', false],
    ['a bug', new TypeError('x'), 'broken', false],
  ]
  for (const [what, thrown, code, isFinal] of CASES)
    test(`is named: ${what}`, ({ assert }) => {
      assert.deepEqual(sendingError(thrown), { code, isFinal })
    })

  test('is tried again after 1, 2, 4 … minutes, at most six hours', ({ assert }) => {
    assert.deepEqual(
      [1, 2, 3, 9, 10, 40].map((attempts) => waitAfter(attempts) / 60_000),
      [1, 2, 4, 256, 360, 360]
    )
  })
})
