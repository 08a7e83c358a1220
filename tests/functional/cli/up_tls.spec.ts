import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { STRICT_TRANSPORT } from '#app/http/security_headers_middleware'
import { serveAuthorityPage } from '#cli/authority_page'
import { makeAuthority, makeServerCertificate } from '#app/tls/authority'
import { reachableAt } from '#app/tls/machine_names'
import { anEmptyHome, runProgram, start } from '#tests/functional/cli/medinfo'
import { ask } from '#tests/functional/cli/tls_client'

type Cleanup = (end: () => Promise<void> | void) => void

const HSTS = 'strict-transport-security'
const NAMES = { dns: ['localhost', 'medinfo.test'], ip: ['127.0.0.1'] }

/** A new installation that runs until the test ends, and what it has told. */
async function running(cleanup: Cleanup, argv: string[], settings: Record<string, string> = {}) {
  const { home, remove } = await anEmptyHome()
  const run = await start(home, ['up', '--empty', '--port', '0', '--json', ...argv], settings)
  cleanup(async () => {
    run.child.kill('SIGKILL')
    await run.ended
    await remove()
  })
  await run.says('\n}')
  const told = JSON.parse(run.written.out)
  return { home, run, told, port: new URL(told.url).port }
}

async function aCertificate(cleanup: Cleanup) {
  const folder = await mkdtemp(join(tmpdir(), 'medinfo-given-'))
  cleanup(() => rm(folder, { recursive: true }))
  const authority = await makeAuthority('test')
  const given = await makeServerCertificate(authority, NAMES)
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
  await Promise.all([writeFile(cert, given.cert), writeFile(key, given.key)])
  return { ca: authority.cert, cert, key, folder }
}

test.group('Up for phones', () => {
  test('answers by https at an address of the network, with a cookie that travels by TLS only', async ({
    assert,
    cleanup,
  }) => {
    const { home, run, told, port } = await running(cleanup, ['--host', '0.0.0.0'])
    const ca = await readFile(told.authority.file, 'utf8')
    assert.equal(told.authority.file, join(home, 'data/tls/ca.crt'))
    assert.deepEqual(
      told.addresses,
      [...new Set([...reachableAt('0.0.0.0'), 'localhost'])].map((host) => `https://${host}:${port}`)
    )
    for (const url of told.addresses) assert.equal((await ask(`${url}/health`, { ca })).status, 200)
    await assert.rejects(() => ask(`${told.url}/health`))
    await assert.rejects(() => ask(`http://localhost:${port}/health`))
    assert.equal((await stat(join(home, 'data/tls/server.pem'))).mode & 0o777, 0o600)

    const { email, password } = told.administrator
    const signIn = { method: 'POST', body: { email, password }, ca, headers: { 'sec-fetch-site': 'same-origin' } }
    const answer = await ask(`${told.url}/api/v1/session`, signIn)
    assert.equal(answer.status, 201, answer.body.toString())
    assert.match(
      answer.headers['set-cookie']![0]!,
      /^__Host-medinfo=[^;]+; Path=\/; HttpOnly; Secure; SameSite=Strict$/
    )
    const ownPage = { ...signIn, headers: { origin: told.url } }
    assert.equal((await ask(`${told.url}/api/v1/session`, ownPage)).status, 201, 'a browser that names its page only')
    const foreign = { ...signIn, headers: { origin: 'https://evil.example' } }
    assert.equal((await ask(`${told.url}/api/v1/session`, foreign)).status, 403)

    run.child.kill('SIGTERM')
    const { code } = await run.ended
    assert.equal(code, 0, 'the page of the authority ends with it')
  }).timeout(60_000)

  test('promises nothing for years under an authority of its own, not even with APP_URL', async ({
    assert,
    cleanup,
  }) => {
    const { told, port } = await running(cleanup, ['--tls'], { APP_URL: 'https://medinfo.test' })
    assert.equal(told.url, `https://localhost:${port}`)
    const ca = await readFile(told.authority.file, 'utf8')
    for (const host of ['localhost', '127.0.0.1', 'medinfo.test'])
      assert.isUndefined((await ask(`${told.url}/`, { ca, headers: { host: `${host}:${port}` } })).headers[HSTS], host)
  }).timeout(60_000)

  test('takes the certificate that it is given, has no page for it, and then promises to stay', async ({
    assert,
    cleanup,
  }) => {
    const { ca, cert, key } = await aCertificate(cleanup)
    const { home, told, port } = await running(cleanup, ['--tls'], {
      ...{ TLS_CERT: cert, TLS_KEY: key, APP_URL: 'https://medinfo.test' },
    })
    assert.isNull(told.authority)
    await assert.rejects(() => stat(join(home, 'data/tls')))
    const { headers, status } = await ask(`${told.url}/`, { ca, headers: { host: `medinfo.test:${port}` } })
    assert.deepEqual([status, headers[HSTS]], [200, STRICT_TRANSPORT])
    assert.isUndefined((await ask(`${told.url}/`, { ca })).headers[HSTS], 'localhost belongs to other programs too')
  }).timeout(60_000)

  test('says which file of a certificate cannot be used', async ({ assert, cleanup }) => {
    const { home, remove } = await anEmptyHome()
    cleanup(remove)
    const [one, other] = [await aCertificate(cleanup), await aCertificate(cleanup)]
    for (const [TLS_CERT, TLS_KEY, named] of [
      [one.cert, join(one.folder, 'none.pem'), join(one.folder, 'none.pem')],
      [one.key, one.key, one.key],
      [one.cert, other.key, other.key],
    ] as const) {
      const settings = { TLS_CERT, TLS_KEY, LANG: 'en' }
      const { code, err } = await runProgram(home, ['up', '--empty', '--port', '0'], settings)
      assert.equal(code, 1)
      assert.include(err, `${named} cannot be used`)
      assert.notMatch(err, /\n\s+at |PRIVATE/)
    }
    const half = await runProgram(home, ['up', '--empty', '--port', '0'], { TLS_CERT: one.cert, LANG: 'en' })
    assert.equal(half.code, 1)
    assert.include(half.err, 'TLS_CERT and TLS_KEY need each other')
  }).timeout(60_000)
})

test.group('The page of the authority', () => {
  async function aPage(cleanup: Cleanup, port = 65_535) {
    const { cert } = await makeAuthority('test')
    const page = await serveAuthorityPage({ authority: cert, host: '127.0.0.1', port })
    cleanup(page.close)
    return { ...page, url: `http://127.0.0.1:${page.port}` }
  }

  test('hands out the certificate under the type that phones install, and its fingerprint', async ({
    assert,
    cleanup,
  }) => {
    const { url, fingerprint } = await aPage(cleanup)
    const { status, headers, body } = await ask(`${url}/ca.crt`)
    assert.deepEqual([status, headers['content-type']], [200, 'application/x-x509-ca-cert'])
    const digest = createHash('sha256').update(body).digest('hex').toUpperCase()
    assert.equal(fingerprint, digest.match(/../g)!.join(':'))
    const page = (await ask(`${url}/`)).body.toString()
    assert.include(page, fingerprint)
    assert.include(page, 'https://localhost:65535/app/')
    assert.match(page, /Faire confiance à MedInfo[^]*Trust MedInfo on this device/)
    assert.notMatch(page, /\{\{|<script|undefined/)
  })

  test('has nothing else, takes nothing, and says what anybody claims of the host nowhere', async ({
    assert,
    cleanup,
  }) => {
    const { url } = await aPage(cleanup)
    for (const path of [
      '/app/',
      '/health',
      '/api/v1/session',
      '/ca.key',
      '/server.pem',
      '/../authority.pem',
      '/toString',
    ])
      assert.equal((await ask(url + path)).status, 404, path)
    for (const method of ['POST', 'PUT', 'DELETE']) assert.equal((await ask(`${url}/`, { method })).status, 404, method)
    const claimed = await ask(`${url}/`, { headers: { host: 'evil.example' } })
    assert.notInclude(claimed.body.toString(), 'evil')
    assert.match(String(claimed.headers['content-security-policy']), /^default-src 'none'; style-src 'sha256-/)
    assert.isUndefined(claimed.headers[HSTS])
    assert.equal((await ask(`${url}/`, { method: 'HEAD' })).body.length, 0)
  })

  test('is on the port after the server’s, or elsewhere where that one is taken', async ({ assert, cleanup }) => {
    const taken = createServer()
    await new Promise<void>((resolve) => void taken.listen(0, '127.0.0.1', resolve))
    cleanup(() => void taken.close())
    const { port } = taken.address() as { port: number }
    const page = await aPage(cleanup, port - 1)
    assert.notEqual(page.port, port)
    page.close()
    await new Promise((resolve) => taken.close(resolve))
    assert.equal((await aPage(cleanup, port - 1)).port, port)
  })
})
