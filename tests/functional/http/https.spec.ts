import { randomUUID } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { SECURITY_HEADERS, STRICT_TRANSPORT } from '#app/http/security_headers_middleware'
import { someone, tokenOf } from '#tests/acting'
import { rawRequest } from '#tests/functional/raw_request'
import { complaintOf, serveApp, type ServedApp } from '#tests/functional/http/served_app'

const APP_URL = 'https://medinfo.test:8443'
const JSON_BODY = { 'content-type': 'application/json' }
const CREDENTIALS = JSON.stringify({ email: 'nobody@example.org', password: 'a password in the clear' })
const SIGN_IN = '/api/v1/session'

const auditOf = (requestId: string) => db.from('audit_logs').where('request_id', requestId)
const codeOf = ({ body }: { body: Buffer }) => JSON.parse(body.toString()).code

test.group('An installation that people reach by https, asked in the clear', (group) => {
  let app: ServedApp
  group.setup(async () => {
    app = await serveApp({ APP_URL, TRUST_PROXY: '' })
    return () => app.stop()
  })

  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
    test(`refuses a ${method}, which may have held a password, and says so in the audit`, async ({ assert }) => {
      const id = randomUUID()
      const answer = await app.send(method, SIGN_IN, { ...JSON_BODY, 'x-request-id': id }, CREDENTIALS)
      assert.deepEqual([answer.status, codeOf(answer)], [403, 'https_required'])
      assert.isUndefined(answer.headers.location)
      const rows = await auditOf(id)
      assert.deepEqual(
        rows.map(({ action, http_status }) => [action, http_status]),
        [['http_request', 403]]
      )
      assert.notMatch(JSON.stringify(rows), /nobody@example|a password/)
    })

  test('refuses a token too, instead of letting it come in the clear each time', async ({ assert }) => {
    const authorization = `Bearer ${await tokenOf(await someone('doctor'))}`
    const answer = await app.send('GET', '/api/v1/patients', { authorization })
    assert.deepEqual([answer.status, codeOf(answer)], [403, 'https_required'])
  })

  for (const [path, location] of [
    ['/', '/'],
    ['/docs?lang=en&x=%2F%0d%0aa', '/docs?lang=en&x=%2F%0d%0aa'],
    ['/api/v1/patients?q=Sow', '/api/v1/patients?q=Sow'],
    ['/nowhere', '/nowhere'],
    ['/healthy', '/healthy'],
    ['//evil.example/x', '//evil.example/x'],
    ['/\\evil.example', '//evil.example'],
    ['/@evil.example', '/@evil.example'],
    ['http://evil.example/x', '/'],
  ] as const)
    test(`sends whoever reads ${path} to its own address`, async ({ assert }) => {
      for (const method of ['GET', 'HEAD']) {
        const answer = await app.send(method, path, { 'host': 'evil.example', 'x-forwarded-host': 'evil.example' })
        assert.deepEqual([answer.status, answer.headers.location], [308, APP_URL + location])
        assert.equal(new URL(answer.headers.location!).host, 'medinfo.test:8443')
        assert.equal(answer.body.length, 0)
        for (const [name, value] of Object.entries(SECURITY_HEADERS))
          assert.equal(answer.headers[name.toLowerCase()], value)
        assert.isUndefined(answer.headers['strict-transport-security'])
      }
    })

  test('still answers those who watch over the machine', async ({ assert }) => {
    for (const path of ['/health', '/health/live', '/health/ready'])
      assert.equal((await app.send('GET', path)).status, 200, path)
  })

  test('says what is wrong, and goes in no circle, where a proxy is not declared', async ({ assert }) => {
    for (const headers of [
      { 'x-forwarded-proto': 'https' },
      { 'x-forwarded-proto': 'https, http', 'x-forwarded-for': '203.0.113.9' },
      { 'x-forwarded-for': '203.0.113.9' },
    ] as Record<string, string>[])
      for (const [method, path] of [
        ['GET', '/'],
        ['POST', SIGN_IN],
      ] as const) {
        const answer = await app.send(method, path, { ...headers, 'content-length': '0', 'accept-language': 'en' })
        assert.deepEqual([answer.status, codeOf(answer)], [503, 'proxy_not_trusted'])
        assert.isUndefined(answer.headers['strict-transport-security'])
      }
    const honest = await app.send('GET', '/', { 'x-forwarded-proto': 'http', 'x-forwarded-for': '203.0.113.9' })
    assert.equal(honest.status, 308, 'a proxy that was itself asked in the clear')
  })

  test('takes no word of anybody on who calls', async ({ assert }) => {
    const id = randomUUID()
    await app.send('DELETE', '/api/v1/nowhere', { 'x-forwarded-for': '203.0.113.9', 'x-request-id': id })
    const [row] = await auditOf(id)
    assert.equal(row.ip_address, '127.0.0.1')
  })
})

test.group('An installation behind a proxy that it trusts', (group) => {
  let app: ServedApp
  group.setup(async () => {
    app = await serveApp({ APP_URL, TRUST_PROXY: '192.0.2.7,127.0.0.0/8' })
    return () => app.stop()
  })

  test('answers what came by https, and promises to stay there', async ({ assert }) => {
    for (const path of ['/', '/api/v1/public/info', '/nowhere']) {
      const { status, headers } = await app.send('GET', path, { 'x-forwarded-proto': 'https' })
      assert.equal(status, path === '/nowhere' ? 404 : 200)
      assert.equal(headers['strict-transport-security'], STRICT_TRANSPORT)
    }
    const clear = await app.send('GET', '/', { 'x-forwarded-proto': 'http' })
    assert.deepEqual([clear.status, clear.headers.location], [308, `${APP_URL}/`])
    assert.isUndefined(clear.headers['strict-transport-security'])
  })

  test('lets people sign in', async ({ assert }) => {
    const by = (scheme: string) =>
      app.send('POST', SIGN_IN, { ...JSON_BODY, 'x-forwarded-proto': scheme }, CREDENTIALS).then(codeOf)
    assert.deepEqual([await by('https'), await by('http')], ['wrong_credentials', 'https_required'])
  })

  test('says what is wrong where the proxy does not say how it was asked', async ({ assert }) => {
    const answer = await app.send('GET', '/', { 'x-forwarded-for': '203.0.113.9' })
    assert.deepEqual([answer.status, codeOf(answer)], [503, 'proxy_not_trusted'])
  })

  for (const [stated, kept] of [
    ['203.0.113.9', '203.0.113.9'],
    ['198.51.100.1, 203.0.113.9', '203.0.113.9'],
    ['203.0.113.9, 192.0.2.7', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['<script>', '127.0.0.1'],
  ] as const)
    test(`keeps ${kept} in the audit where the proxy says ${stated}`, async ({ assert }) => {
      const id = randomUUID()
      const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-for': stated, 'x-request-id': id }
      assert.equal((await app.send('GET', '/api/v1/nowhere', headers)).status, 404)
      assert.equal((await auditOf(id).firstOrFail()).ip_address, kept)
    })
})

test.group('What a proxy says of host and scheme', (group) => {
  const from = { ...JSON_BODY, 'x-forwarded-proto': 'https', 'x-forwarded-host': 'medinfo.test' }
  const signIn = { ...from, origin: 'https://medinfo.test' }
  let trusting: ServedApp
  group.setup(async () => {
    trusting = await serveApp({ APP_URL: '', TRUST_PROXY: 'loopback' })
    return () => trusting.stop()
  })

  test('counts for nothing from somebody unknown', async ({ assert }) => {
    const answer = await rawRequest('POST', SIGN_IN, signIn, CREDENTIALS)
    assert.deepEqual([answer.status, codeOf(answer)], [403, 'foreign_page'])
  })

  test('counts where it is trusted', async ({ assert }) => {
    const answer = await trusting.send('POST', SIGN_IN, signIn, CREDENTIALS)
    assert.deepEqual([answer.status, codeOf(answer)], [401, 'wrong_credentials'])
    assert.equal(answer.headers['strict-transport-security'], STRICT_TRANSPORT)
    const elsewhere = await trusting.send('POST', SIGN_IN, { ...from, origin: 'https://evil.example' }, CREDENTIALS)
    assert.equal(codeOf(elsewhere), 'foreign_page')
  })
})

test.group('The start', () => {
  test('is refused where TRUST_PROXY is malformed, and says which word', async ({ assert }) => {
    const { code, output } = await complaintOf({ TRUST_PROXY: '127.0.0.1,proxy.example.org' })
    assert.equal(code, 1)
    assert.match(output, /TRUST_PROXY: "proxy\.example\.org" is no address/)
  })
})
