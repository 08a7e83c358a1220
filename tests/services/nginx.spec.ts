import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { buffer } from 'node:stream/consumers'
import { connect, type ConnectionOptions } from 'node:tls'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { SECURITY_HEADERS, STRICT_TRANSPORT } from '#app/http/security_headers_middleware'
import { createUser } from '#app/users/create_user'
import bodyparserConfig, { LARGER_BODIES } from '#config/bodyparser'
import { callerOf } from '#tests/acting'
import { serveApp, type ServedApp } from '#tests/functional/http/served_app'
import { findFreePort } from '../../tools/services/server_process.mjs'
import { adaptNginx, SHIPPED_NGINX } from '../../tools/services/nginx.mjs'
import { startServices, type NginxAddress } from '../../tools/services.mjs'

type Headers = Record<string, string>
interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  /** Names and values by turns, as they were sent. */
  raw: string[]
  body: string
}

const TOKEN = 'for-tests-only-0123456789abcdef0123456789'
const SIGN_IN = '/api/v1/session'
const JSON_BODY = { 'content-type': 'application/json' }
const OWN: Headers = { ...SECURITY_HEADERS, 'Strict-Transport-Security': STRICT_TRANSPORT }

/** Every value that was sent of each of these headers. */
function sentOf({ raw }: Answer, names: string[]) {
  const values = (name: string) => raw.filter((_, at) => at % 2 && raw[at - 1]!.toLowerCase() === name.toLowerCase())
  return Object.fromEntries(names.map((name) => [name, values(name)]))
}
const eachOnce = (headers: Headers) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]))

test.group('deploy/nginx/medinfo.conf', (group) => {
  let app: ServedApp
  let nginx: NginxAddress
  group.setup(async () => {
    const upstream = await findFreePort()
    const running = await startServices(['nginx'], { upstream })
    nginx = running.nginx
    const address = `https://localhost:${nginx.https}`
    app = await serveApp({ PORT: String(upstream), APP_URL: address, TRUST_PROXY: '127.0.0.1', METRICS_TOKEN: TOKEN })
    return async () => {
      await app.stop()
      await running.stop()
    }
  })

  async function send(scheme: 'http' | 'https', method: string, path: string, headers: Headers = {}, body = '') {
    const framed = body ? { 'content-length': String(Buffer.byteLength(body)), ...headers } : headers
    const to = { host: '127.0.0.1', method, path, headers: { host: 'localhost', ...framed }, agent: false as const }
    const request =
      scheme === 'http'
        ? httpRequest({ ...to, port: nginx.http })
        : httpsRequest({ ...to, port: nginx.https, servername: 'localhost', ca: nginx.certificate })
    // A body that is refused by its length is not read to its end.
    request.on('error', () => {})
    request.end(body)
    const [answer] = await once(request, 'response')
    const read = (await buffer(answer)).toString()
    return { status: answer.statusCode, headers: answer.headers, raw: answer.rawHeaders, body: read } as Answer
  }
  const get = (path: string, headers?: Headers) => send('https', 'GET', path, headers)

  test('is accepted by nginx -t, without a warning', ({ assert }) => {
    assert.match(nginx.check, /syntax is ok[^]*test is successful/)
    assert.notMatch(nginx.check, /warn/)
  })

  test('is tested as it is shipped, or not at all', async ({ assert }) => {
    const shipped = await readFile(SHIPPED_NGINX, 'utf8')
    const places = { home: '/x', https: 1, http: 2, upstream: 3, certificate: '/c', key: '/k' }
    assert.throws(() => adaptNginx(shipped.replaceAll('listen 443', 'listen 8443'), places), /listen 443/)
    const kept = adaptNginx(shipped, places).split('\n')
    assert.isBelow(shipped.split('\n').filter((line) => !kept.includes(line)).length, 16)
  })

  test('lets each header come once, and as MedInfo sends it', async ({ assert }) => {
    for (const [path, status] of [
      ['/', 200],
      ['/start.css', 200],
      ['/api/v1/public/info', 200],
      ['/api/v1/patients', 401],
      ['/nowhere', 404],
      ['/health', 200],
    ] as const) {
      const [through, own] = [await get(path), await app.send('GET', path, { 'x-forwarded-proto': 'https' })]
      assert.deepEqual([through.status, own.status], [status, status], through.body)
      assert.deepEqual(sentOf(through, Object.keys(OWN)), eachOnce(OWN), path)
      for (const name of [...Object.keys(OWN), 'Cache-Control', 'Vary', 'Content-Type'])
        assert.deepEqual(through.headers[name.toLowerCase()], own.headers[name.toLowerCase()], `${path} ${name}`)
    }
  })

  test('packs nothing by itself', async ({ assert }) => {
    assert.equal((await get('/docs/docs.js', { 'accept-encoding': 'gzip' })).headers['content-encoding'], undefined)
    const packed = await get('/docs/swagger-ui-bundle.js', { 'accept-encoding': 'gzip' })
    assert.equal(packed.headers['content-encoding'], 'gzip', 'as MedInfo packed it')
  })

  test('sends whoever comes in the clear to https, by its own name', async ({ assert }) => {
    const answer = await send('http', 'GET', '/docs?lang=en')
    assert.deepEqual([answer.status, answer.headers.location], [308, 'https://localhost/docs?lang=en'])
    assert.deepEqual(sentOf(answer, Object.keys(SECURITY_HEADERS)), eachOnce(SECURITY_HEADERS))
    assert.isUndefined(answer.headers['strict-transport-security'])
    const foreign = await send('http', 'GET', '//evil.example', { host: 'evil.example' })
    assert.equal(foreign.headers.location, 'https://localhost//evil.example')
  })

  test('refuses what has come in the clear and was secret', async ({ assert }) => {
    const body = JSON.stringify({ email: 'a@example.org', password: 'x' })
    assert.equal((await send('http', 'POST', SIGN_IN, JSON_BODY, body)).status, 403)
    assert.equal((await send('http', 'GET', '/api/v1/patients', { authorization: 'Bearer x' })).status, 403)
  })

  test('answers under no other name', async ({ assert }) => {
    const answer = await get('/', { host: 'evil.example' })
    assert.equal(answer.status, 421)
    assert.deepEqual(sentOf(answer, Object.keys(OWN)), eachOnce(OWN))
    assert.equal((await get('/', { host: `LOCALHOST:${nginx.https}` })).status, 200)
  })

  test('passes no question for the metrics on that brings no token, not even of this machine', async ({ assert }) => {
    for (const path of ['/metrics', '/metrics/', '/%6detrics', '//metrics', '/metrics?x=1']) {
      const refused = await get(path)
      assert.equal(refused.status, 404, path)
      assert.match(String(refused.headers['content-type']), /^text\/html/, `${path}, by nginx`)
    }
    assert.deepEqual(sentOf(await get('/metrics'), Object.keys(OWN)), eachOnce(OWN))
    assert.equal((await app.send('GET', '/metrics')).status, 200, 'which MedInfo would take for the machine itself')
    const told = await get('/metrics', { authorization: `Bearer ${TOKEN}` })
    assert.deepEqual([told.status, told.body.includes('medinfo_info')], [200, true])
  })

  /** The protocol that was agreed on, or why there was none. */
  async function handshake(options: ConnectionOptions): Promise<string> {
    const to = { host: '127.0.0.1', port: nginx.https, servername: 'localhost', ca: nginx.certificate }
    const socket = connect({ ...to, ...options })
    try {
      await once(socket, 'secureConnect')
      return `${socket.getProtocol()} ${socket.getCipher().name}`
    } catch (error) {
      return (error as NodeJS.ErrnoException).code ?? String(error)
    } finally {
      socket.destroy()
    }
  }

  test('speaks TLS 1.2 and 1.3, and refuses 1.1 and old ciphers', async ({ assert }) => {
    const only = (version: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3') => ({ minVersion: version, maxVersion: version })
    assert.match(await handshake(only('TLSv1.3')), /^TLSv1\.3 /)
    assert.match(await handshake(only('TLSv1.2')), /^TLSv1\.2 ECDHE-/)
    const old = { ...only('TLSv1.1'), ciphers: 'DEFAULT:@SECLEVEL=0' }
    assert.equal(await handshake(old), 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION')
    const withoutSecrecy = { ...only('TLSv1.2'), ciphers: 'AES128-SHA:AES128-GCM-SHA256:ECDHE-ECDSA-AES128-SHA' }
    assert.match(await handshake(withoutSecrecy), /HANDSHAKE_FAILURE/)
  })

  test('gives out no session tickets', async ({ assert }) => {
    const to = { host: '127.0.0.1', port: nginx.https, servername: 'localhost', ca: nginx.certificate }
    const socket = connect({ ...to, minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' })
    await once(socket, 'secureConnect')
    assert.isUndefined(socket.getTLSTicket())
    socket.destroy()
  })

  test('lets no word of the client on who calls reach the audit', async ({ assert }) => {
    const id = randomUUID()
    const spoofed = { 'x-forwarded-for': '203.0.113.9', 'x-real-ip': '203.0.113.9', 'forwarded': 'for=203.0.113.9' }
    const answer = await get('/api/v1/nowhere', { ...spoofed, 'x-forwarded-proto': 'http', 'x-request-id': id })
    assert.equal(answer.status, 404, 'and X-Forwarded-Proto none of how')
    const row = await db.from('audit_logs').where('request_id', id).firstOrFail()
    assert.equal(row.ip_address, '127.0.0.1')
    await app.send('GET', '/api/v1/nowhere', { ...spoofed, 'x-forwarded-proto': 'https', 'x-request-id': `${id}-2` })
    const direct = await db.from('audit_logs').where('request_id', `${id}-2`).firstOrFail()
    assert.equal(direct.ip_address, '203.0.113.9', 'which MedInfo would take from its proxy')
  })

  test('lets people sign in, with a cookie that never leaves TLS', async ({ assert }) => {
    const credentials = { email: `${randomUUID()}@example.org`, password: 'a long walk by the quiet river' }
    await createUser(callerOf(), { ...credentials, name: 'Test', roles: ['doctor'] })
    const page = { ...JSON_BODY, 'origin': `https://localhost:${nginx.https}`, 'sec-fetch-site': 'same-origin' }
    const answer = await send('https', 'POST', SIGN_IN, page, JSON.stringify(credentials))
    assert.equal(answer.status, 201, answer.body)
    const [cookie, ...others] = answer.headers['set-cookie'] as string[]
    assert.isEmpty(others)
    const [pair, ...attributes] = cookie!.split('; ')
    assert.match(pair!, /^__Host-medinfo=.{40,}$/)
    assert.sameMembers(attributes, ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Strict'])
    assert.equal((await get(SIGN_IN, { cookie: pair! })).status, 200)
    assert.equal((await get(SIGN_IN)).status, 401)
  })

  test('takes bodies as large as MedInfo does, and refuses larger ones by itself', async ({ assert }) => {
    const limits = [String(bodyparserConfig.json.limit), ...LARGER_BODIES.values()]
    for (const limit of limits) assert.match(limit, /^\d+mb$/)
    const largest = Math.max(...limits.map(Number.parseFloat)) * 1024 * 1024
    const post = (size: number) => send('https', 'POST', '/api/v1/patients', JSON_BODY, '"'.padEnd(size, 'x'))
    const fitting = await post(largest)
    assert.deepEqual([fitting.status, JSON.parse(fitting.body).code], [413, 'too_large'], 'MedInfo has read it')
    const larger = await post(largest + 1)
    assert.equal(larger.status, 413)
    assert.match(String(larger.headers['content-type']), /^text\/html/)
    assert.deepEqual(
      sentOf(larger, [...Object.keys(OWN), 'Cache-Control']),
      eachOnce({ ...OWN, 'Cache-Control': 'no-store' })
    )
    assert.equal(larger.headers.server, 'nginx', 'and tells no version')
  })

  test('writes no name that was searched into its log', async ({ assert }) => {
    await get('/api/v1/patients?q=Zinedine-Diallo')
    const log = await readFile(nginx.log, 'utf8')
    assert.include(log, '"GET /api/v1/patients" 401')
    assert.notInclude(log, 'Zinedine')
  })

  test('slows down who signs in again and again, before MedInfo does, and nobody who reads', async ({ assert }) => {
    const many = (method: string, body: string) =>
      Promise.all(Array.from({ length: 200 }, () => send('https', method, SIGN_IN, JSON_BODY, body)))
    const tries = await many('POST', '{}')
    const stopped = tries.filter(({ status }) => status === 429)
    assert.isAtLeast(stopped.length, 100)
    assert.match(String(stopped[0]!.headers['content-type']), /^text\/html/, 'by nginx')
    assert.deepEqual(sentOf(stopped[0]!, Object.keys(OWN)), eachOnce(OWN))
    assert.isAtLeast(tries.filter(({ status }) => status === 422).length, 60)
    assert.deepEqual([...new Set((await many('GET', '')).map(({ status }) => status))], [401])
  })

  test('has the same headers where MedInfo does not answer', async ({ assert }) => {
    await app.stop()
    const answer = await get('/api/v1/public/info')
    assert.equal(answer.status, 502)
    assert.deepEqual(
      sentOf(answer, [...Object.keys(OWN), 'Cache-Control']),
      eachOnce({ ...OWN, 'Cache-Control': 'no-store' })
    )
  })
})
