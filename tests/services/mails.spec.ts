import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { test } from '@japa/runner'
import PostalMime from 'postal-mime'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { deliverMails } from '#app/mails/deliver_mails'
import { smtpTransport } from '#app/mails/mail_transport'
import { someone } from '#tests/acting'
import { forgetFailures, queued, rowOf, someAddress } from '#tests/functional/mails/mailbox'
import { certificateForLocalhost } from '#tests/services/certificate'
import env from '#start/env'

const USER = 'clinic@example.org'
const PASSWORD = 'p@ss:/é word'
const certificate = certificateForLocalhost()

interface Received {
  content: Buffer
  isEncrypted: boolean
  user: unknown
}

/** A mail server on this machine that knows one user and refuses addresses that begin with `nobody`. */
async function aMailServer(cleanup: (end: () => Promise<void>) => void, options: SMTPServerOptions = {}) {
  const received: Received[] = []
  const tried: boolean[] = []
  const server = new SMTPServer({
    ...certificate,
    onAuth({ username, password }, { secure }, done) {
      tried.push(secure)
      const isKnown = username === USER && password === PASSWORD
      done(isKnown ? null : new Error('no'), isKnown ? { user: username } : undefined)
    },
    onRcptTo({ address }, _, done) {
      done(address.startsWith('nobody') ? Object.assign(new Error(`no ${address}`), { responseCode: 550 }) : null)
    },
    onData(stream, { secure, user }, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        received.push({ content: Buffer.concat(chunks), isEncrypted: secure, user })
        done()
      })
    },
    ...options,
  })
  server.on('error', () => {})
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  cleanup(() => new Promise((resolve) => server.close(resolve)))
  const { port } = server.server.address() as AddressInfo
  const dsnWith = (password: string) =>
    `smtp://${encodeURIComponent(USER)}:${encodeURIComponent(password)}@localhost:${port}?tls=required`
  return { received, tried, port, dsn: dsnWith(PASSWORD), dsnWith }
}

/** As NODE_EXTRA_CA_CERTS does at the start of a process, for this one that has started. */
function trustCertificate(cleanup: (end: () => void) => void) {
  const before = getCACertificates('default')
  setDefaultCACertificates([...before, certificate!.cert])
  cleanup(() => setDefaultCACertificates(before))
}

test.group('A mail by SMTP', (group) => {
  group.teardown(forgetFailures)
  group.each.skip(!certificate, 'this machine has no openssl, which makes the certificate of the mail server')

  test('waits where the certificate is unknown: neither password nor mail is told', async ({ assert, cleanup }) => {
    const { received, tried, dsn } = await aMailServer(cleanup)
    const id = await queued(someAddress())
    await deliverMails({ transport: smtpTransport(dsn) })
    assert.deepInclude(await rowOf(id), { state: 'waiting', error: 'not_encrypted' })
    assert.deepEqual([received, tried], [[], []])
  })

  test('waits where nothing is encrypted: neither password nor mail is told', async ({ assert, cleanup }) => {
    trustCertificate(cleanup)
    const { received, tried, dsn } = await aMailServer(cleanup, { hideSTARTTLS: true, disabledCommands: ['STARTTLS'] })
    const id = await queued(someAddress())
    await deliverMails({ transport: smtpTransport(dsn) })
    assert.equal((await rowOf(id)).state, 'waiting')
    assert.deepEqual([received, tried], [[], []])
  })

  test('waits where the password is wrong, and where nobody answers', async ({ assert, cleanup }) => {
    trustCertificate(cleanup)
    const { received, dsnWith } = await aMailServer(cleanup)
    const wrong = await queued(someAddress())
    await deliverMails({ transport: smtpTransport(dsnWith('another')) })
    assert.deepInclude(await rowOf(wrong), { state: 'waiting', error: 'not_signed_in' })
    const alone = await queued(someAddress())
    await deliverMails({ transport: smtpTransport('smtp://127.0.0.1:1') })
    assert.deepInclude(await rowOf(alone), { state: 'waiting', error: 'unreachable' })
    assert.lengthOf(received, 0)
  })

  test('has failed where the server refuses the address, and keeps none of it', async ({ assert, cleanup }) => {
    trustCertificate(cleanup)
    const { dsn } = await aMailServer(cleanup)
    const id = await queued(`nobody-${someAddress()}`)
    await deliverMails({ transport: smtpTransport(dsn) })
    assert.deepInclude(await rowOf(id), { state: 'failed', error: 'recipient_refused', recipient: null, attempts: 1 })
  })

  test('arrives encrypted, signed in, in both forms, with its accents', async ({ assert, cleanup }) => {
    trustCertificate(cleanup)
    const { received, dsn } = await aMailServer(cleanup)
    env.set('MAIL_DSN', dsn)
    env.set('MAIL_FROM', 'Clinique du Port, été <comptes@clinique.example>')
    cleanup(() => {
      env.set('MAIL_DSN', '')
      env.set('MAIL_FROM', '')
    })
    const user = await someone('nurse')
    const id = await queued(user.email!, { kind: 'password_reset', user })
    await deliverMails()
    assert.deepInclude(await rowOf(id), { state: 'sent', recipient: null, error: null })
    const mails = await Promise.all(received.map(({ content }) => PostalMime.parse(content)))
    const at = mails.findIndex(({ to }) => to?.[0]?.address === user.email)
    const { from, subject, text, html, messageId, date, headers } = mails[at]!
    assert.deepInclude(received[at], { isEncrypted: true, user: USER })
    assert.deepEqual(from, { name: 'Clinique du Port, été', address: 'comptes@clinique.example' } as never)
    assert.equal(subject, 'Clinique du Port, été : choisissez un nouveau mot de passe')
    assert.match(messageId!, /^<[\w-]{36}\.1@clinique\.example>$/)
    assert.closeTo(Date.parse(date!), Date.now(), 60_000)
    assert.equal(headers.find(({ key }) => key === 'auto-submitted')?.value, 'auto-generated')
    for (const part of [text, html]) {
      assert.include(part, `Bonjour ${user.name},`)
      assert.include(part, 'Vous avez demandé un nouveau mot de passe. Choisissez-le ici\u00a0; l’ancien reste valable')
      assert.match(part!, /http:\/\/localhost:\d+\/app\/password-reset#[\w-]{43}/)
    }
  })

  test('goes to a server of this machine whose certificate nobody vouches for', async ({ assert, cleanup }) => {
    const { received, dsn } = await aMailServer(cleanup)
    const id = await queued(someAddress())
    await deliverMails({ transport: smtpTransport(dsn.replace('?tls=required', '')) })
    assert.equal((await rowOf(id)).state, 'sent')
    assert.isTrue(received[0]!.isEncrypted)
  })
})
