import testUtils from '@adonisjs/core/services/test_utils'
import { test } from '@japa/runner'
import SecurityHeadersMiddleware, { SECURITY_HEADERS } from '#app/http/security_headers_middleware'
import { apiCallerWith, PATIENTS } from '#tests/functional/api_caller'
import { aPatient } from '#tests/functional/patients/some_patient'
import { rawRequest, type RawAnswer } from '#tests/functional/raw_request'

const NAMES = Object.keys(SECURITY_HEADERS)

/** The values of these headers as they were sent: a name that is sent twice has two. */
const sentOf = ({ headers }: RawAnswer) => Object.fromEntries(NAMES.map((name) => [name, headers[name.toLowerCase()]]))

test.group('The headers that keep a browser from doing harm', () => {
  test('are on every answer, once', async ({ client, assert }) => {
    const { token, post } = await apiCallerWith(client, 'reception')
    const own = { authorization: `Bearer ${token}` }
    const { id } = (await post(PATIENTS, aPatient())).body().data
    const json = { ...own, 'content-type': 'application/json' }
    const answers: [status: number, answer: RawAnswer][] = [
      [200, await rawRequest('GET', '/')],
      [200, await rawRequest('HEAD', '/')],
      [200, await rawRequest('GET', '/docs')],
      [200, await rawRequest('GET', '/docs/swagger-ui-bundle.js', { 'accept-encoding': 'gzip' })],
      [200, await rawRequest('GET', '/health')],
      [200, await rawRequest('GET', '/api/v1/public/info')],
      [304, await rawRequest('GET', `${PATIENTS}/${id}`, { ...own, 'if-none-match': '"1"' })],
      [400, await rawRequest('POST', PATIENTS, json, '{')],
      [401, await rawRequest('GET', PATIENTS)],
      [403, await rawRequest('GET', '/api/v1/audit-logs', own)],
      [404, await rawRequest('GET', '/nowhere')],
      [404, await rawRequest('GET', '/api/v1/nowhere/%E9')],
      [405, await rawRequest('PUT', '/api/v1/public/info')],
      [413, await rawRequest('POST', PATIENTS, json, JSON.stringify({ address: 'x'.repeat(1_100_000) }))],
      [415, await rawRequest('POST', PATIENTS, own, 'x')],
      [422, await rawRequest('POST', PATIENTS, json, '{}')],
    ]
    for (const [status, answer] of answers) {
      assert.equal(answer.status, status, answer.body.toString())
      assert.deepEqual(sentOf(answer), SECURITY_HEADERS)
    }
  })

  test('forbid clinical answers to every cache', async ({ assert }) => {
    for (const path of ['/api/v1/public/info', PATIENTS, '/api/v1/nowhere'])
      assert.equal((await rawRequest('GET', path)).headers['cache-control'], 'no-store', path)
    assert.match((await rawRequest('GET', '/start.css')).headers['cache-control']!, /max-age/, 'but not a style')
  })

  test('promise no TLS on a line in the clear', async ({ assert }) => {
    const forwarded = { 'x-forwarded-proto': 'https' }
    assert.isUndefined((await rawRequest('GET', '/')).headers['strict-transport-security'])
    assert.isUndefined((await rawRequest('GET', '/', forwarded)).headers['strict-transport-security'])
  })

  test('allow nothing inline, no frame and no part of the machine', ({ assert }) => {
    const policy = SECURITY_HEADERS['Content-Security-Policy']!
    assert.notMatch(policy, /unsafe|nonce|\*|https?:/)
    for (const directive of ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"])
      assert.include(policy.split('; '), directive)
    for (const part of ['camera', 'microphone', 'geolocation'])
      assert.include(SECURITY_HEADERS['Permissions-Policy']!.split(', '), `${part}=()`)
    assert.include(SECURITY_HEADERS['Permissions-Policy'], 'publickey-credentials-get=(self)')
  })
})

test.group('A nonce', () => {
  async function answered(page: (ctx: { cspNonce: string }) => void) {
    const ctx = await testUtils.createHttpContext()
    await new SecurityHeadersMiddleware().handle(ctx, async () => page(ctx))
    return ctx.response
  }

  test('is in the policy of the answer that asked for it, for scripts and styles', async ({ assert }) => {
    let nonce = ''
    const response = await answered((ctx) => {
      nonce = ctx.cspNonce
      assert.equal(ctx.cspNonce, nonce, 'one for an answer')
    })
    assert.match(nonce, /^[A-Za-z0-9+/]{22}==$/)
    const directives = String(response.getHeader('Content-Security-Policy')).split('; ')
    assert.includeMembers(directives, [`script-src 'self' 'nonce-${nonce}'`, `style-src 'self' 'nonce-${nonce}'`])
    assert.equal(directives.filter((one) => one.includes(nonce)).length, 2)
    assert.equal(response.getHeader('Cache-Control'), 'no-store')
  })

  test('is in no other answer, and never twice', async ({ assert }) => {
    const without = await answered(() => {})
    assert.equal(without.getHeader('Content-Security-Policy'), SECURITY_HEADERS['Content-Security-Policy'])
    const nonces = new Set<string>()
    for (let i = 0; i < 50; i++) await answered((ctx) => nonces.add(ctx.cspNonce))
    assert.equal(nonces.size, 50)
  })
})
