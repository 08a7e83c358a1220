import { createHash, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, createServer } from 'node:tls'
import { test } from '@japa/runner'
import { moveClock } from '#app/core/clock'
import type { Pair } from '#app/tls/authority'
import { ensureOwnCertificate } from '#app/tls/own_certificate'
import { CertificateUnusable } from '#app/tls/tls_problems'

const NAMES = { dns: ['localhost', 'ward.local'], ip: ['127.0.0.1', '192.168.1.4', 'fd00::4'] }
const DAY_MS = 86_400_000

const modeOf = async (file: string) => (await stat(file)).mode & 0o777
const fingerprint = (pem: string) => createHash('sha256').update(new X509Certificate(pem).raw).digest('hex')

/** What a client makes of a server with this certificate: null when it trusts it, else the error's code. */
async function met({ key, cert }: Pair, ca: string | undefined, servername = 'localhost'): Promise<string | null> {
  const server = createServer({ key, cert }, (socket) => socket.end())
  // A client that turns away leaves an error here too.
  server.on('tlsClientError', () => {})
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  try {
    const socket = connect({ host: '127.0.0.1', port, ca, servername, rejectUnauthorized: true })
    return (await new Promise((resolve) => {
      socket.once('secureConnect', () => resolve(null))
      socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    }).finally(() => socket.destroy())) as string | null
  } finally {
    server.close()
  }
}

test.group('The certificate that this machine makes for itself', (group) => {
  let folder: string
  group.each.setup(async () => {
    const home = await mkdtemp(join(tmpdir(), 'medinfo-tls-'))
    folder = join(home, 'tls')
    return async () => {
      moveClock(0)
      await rm(home, { recursive: true })
    }
  })
  const ensured = (names = NAMES) => ensureOwnCertificate(folder, names)

  test('is trusted by whoever has installed the authority, and by nobody else', async ({ assert }) => {
    const made = await ensured()
    assert.isNull(await met(made, made.authority))
    assert.isNull(await met(made, made.authority, 'ward.local'))
    assert.equal(await met(made, undefined), 'UNABLE_TO_VERIFY_LEAF_SIGNATURE')
    assert.equal(await met(made, made.authority, 'elsewhere.example'), 'ERR_TLS_CERT_ALTNAME_INVALID')
    const { authority: stranger } = await ensureOwnCertificate(join(folder, 'another'), NAMES)
    assert.isNotNull(await met(made, stranger))
  })

  test('names this machine, serves and signs nothing, for at most 397 days; its authority signs servers only', async ({
    assert,
  }) => {
    const { cert, authority } = await ensured()
    const [leaf, issuer] = [new X509Certificate(cert), new X509Certificate(authority)]
    for (const address of NAMES.ip) assert.equal(leaf.checkIP(address), address)
    for (const name of NAMES.dns) assert.equal(leaf.checkHost(name), name)
    assert.isUndefined(leaf.checkIP('192.168.1.5'))
    assert.deepEqual([leaf.ca, issuer.ca], [false, true])
    assert.deepEqual(leaf.keyUsage, ['1.3.6.1.5.5.7.3.1'])
    assert.isTrue(leaf.checkIssued(issuer))
    assert.isTrue(leaf.verify(issuer.publicKey))
    assert.equal(leaf.publicKey.asymmetricKeyDetails?.namedCurve, 'prime256v1')
    assert.equal(daysOf(leaf), 397)
    assert.equal(daysOf(issuer), 3652)
    assert.isBelow(leaf.validFromDate.getTime(), Date.now(), 'a phone whose clock is behind')
    // basicConstraints, critical: CA, path length 0.
    assert.include(issuer.raw.toString('hex'), '0603551d130101ff040830060101ff020100')
  })

  test('keeps its keys from others, whatever the modes were before', async ({ assert }) => {
    await ensured()
    const secret = ['authority.pem', 'server.pem'].map((name) => join(folder, name))
    await Promise.all([chmod(folder, 0o755), ...secret.map((file) => chmod(file, 0o644))])
    const { file } = await ensured()
    assert.equal(await modeOf(folder), 0o700)
    for (const each of secret) assert.equal(await modeOf(each), 0o600)
    assert.notMatch(await readFile(file, 'utf8'), /PRIVATE/)
  })

  test('is kept while it is good, and the authority with it', async ({ assert }) => {
    const first = await ensured()
    moveClock(365 * DAY_MS)
    const later = await ensured()
    assert.deepEqual([first.done, later.done], ['made', 'kept'])
    assert.equal(later.cert, first.cert)
    assert.deepEqual((await ensured({ dns: ['localhost'], ip: ['127.0.0.1'] })).done, 'kept')
  })

  test('is renewed with less than 30 days left; phones go on trusting it', async ({ assert }) => {
    const first = await ensured()
    moveClock(367 * DAY_MS)
    const renewed = await ensured()
    assert.equal(renewed.done, 'renewed')
    assert.equal(renewed.authority, first.authority)
    assert.notEqual(renewed.key, first.key)
    assert.equal((await ensured()).done, 'kept')
  })

  test('is renewed for an address or a name that is new', async ({ assert }) => {
    const first = await ensured()
    for (const names of [
      { ...NAMES, ip: [...NAMES.ip, '10.0.0.9'] },
      { ...NAMES, dns: [...NAMES.dns, 'other.local'] },
    ]) {
      const renewed = await ensured(names)
      assert.equal(renewed.done, 'renewed')
      assert.isNull(await met(renewed, first.authority))
    }
  })

  test('at the end of the authority both are new, and the last certificate did not outlive it', async ({ assert }) => {
    const first = await ensured()
    moveClock(3_600 * DAY_MS)
    const last = await ensured()
    assert.equal(last.authority, first.authority)
    const ends = (pem: string) => new X509Certificate(pem).validToDate.getTime()
    assert.equal(ends(last.cert), ends(first.authority))
    moveClock(3_640 * DAY_MS)
    const { authority, done } = await ensured()
    assert.notEqual(authority, first.authority)
    assert.equal(done, 'renewed')
  })

  test('below another authority, as after half a restore, is made anew', async ({ assert }) => {
    await ensured()
    await rm(join(folder, 'authority.pem'))
    const { done, cert, authority, file } = await ensured()
    assert.equal(done, 'renewed')
    assert.isTrue(new X509Certificate(cert).verify(new X509Certificate(authority).publicKey))
    assert.equal(fingerprint(await readFile(file, 'utf8')), fingerprint(authority))
  })

  test('an authority that is spoiled is said and not replaced: phones trust it, and a backup may have it', async ({
    assert,
  }) => {
    await ensured()
    await writeFile(join(folder, 'authority.pem'), 'spoiled')
    await assert.rejects(() => ensured(), CertificateUnusable)
    assert.equal(await readFile(join(folder, 'authority.pem'), 'utf8'), 'spoiled')
  })

  test('of two starts at one moment both serve below the same authority', async ({ assert }) => {
    const [one, other] = await Promise.all([ensured(), ensured()])
    assert.equal(one.authority, other.authority)
    assert.isNull(await met(one, other.authority))
  })
})

function daysOf({ validFromDate, validToDate }: X509Certificate) {
  return (validToDate.getTime() - validFromDate.getTime()) / DAY_MS
}
