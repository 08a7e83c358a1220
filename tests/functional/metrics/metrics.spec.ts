import { randomBytes } from 'node:crypto'
import { Writable } from 'node:stream'
import { HttpContextFactory } from '@adonisjs/core/factories/http'
import { Secret } from '@adonisjs/core/helpers'
import { Logger } from '@adonisjs/core/logger'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { toSqlInstant } from '#app/core/clock'
import HttpExceptionHandler from '#app/http/exception_handler'
import { FieldUnreadable } from '#app/keys/field_crypto'
import { startJob } from '#app/jobs/start_job'
import { printMetrics } from '#app/metrics/print_metrics'
import { registry } from '#app/metrics/registry'
import { registerPatient } from '#app/patients/register_patient'
import env from '#start/env'
import { callerOf, someone, tokenOf } from '#tests/acting'
import { complaintOf, serveApp, type ServedApp } from '#tests/functional/http/served_app'
import { rawRequest } from '#tests/functional/raw_request'

const TOKEN = 'only-for-tests-0123456789abcdef0123'
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

/** The value of one line, without its labels being in any order but ours. */
function valueOf(text: string, line: string): number {
  const found = text.split('\n').find((one) => one.startsWith(`${line} `))
  return found ? Number(found.slice(line.length + 1)) : 0
}

/** One of a kind that nobody runs. */
const aJob = () => db.transaction((trx) => startJob(trx, { kind: 'tests.waiting', payload: {}, caller: callerOf() }))

const seen = async (line: string) => valueOf(await printMetrics(), line)

test.group('Who may read the metrics', (group) => {
  group.each.setup(() => () => {
    env.set('METRICS_TOKEN', undefined as never)
    // It writes the word there, and servers that later tests start would take that for a token.
    delete process.env.METRICS_TOKEN
  })

  test('nobody but this machine itself, where no token is set; whoever else is told what any wrong address is told', async ({
    assert,
  }) => {
    const wrong = await rawRequest('GET', '/no-such-page')
    for (const headers of [
      { 'x-forwarded-for': '127.0.0.1' },
      { forwarded: 'for=127.0.0.1' },
      { 'x-real-ip': '127.0.0.1' },
      { host: 'medinfo.example.org' },
      { host: 'evil.example', ...bearer('undefined') },
      { host: 'evil.example', authorization: 'Bearer ' },
    ] as Record<string, string>[]) {
      const answer = await rawRequest('GET', '/metrics', headers)
      assert.equal(answer.status, 404, JSON.stringify(headers))
      const [told, other] = [answer, wrong].map(({ body }) => ({ ...JSON.parse(String(body)), request_id: 0 }))
      assert.deepEqual(told, other)
    }
    const own = await rawRequest('GET', '/metrics')
    assert.equal(own.status, 200)
    assert.equal(own.headers['content-type'], 'text/plain; version=0.0.4; charset=utf-8')
    assert.equal(own.headers['cache-control'], 'no-store')
  })

  test('another machine with the token, whole', async ({ assert }) => {
    env.set('METRICS_TOKEN', new Secret(TOKEN) as never)
    const elsewhere = { 'x-forwarded-for': '203.0.113.9' }
    const statusOf = async (headers: Record<string, string>) =>
      (await rawRequest('GET', '/metrics', { ...elsewhere, ...headers })).status
    for (const token of ['wrong', TOKEN.slice(0, -1), `${TOKEN}0`, TOKEN.toUpperCase()])
      assert.equal(await statusOf(bearer(token)), 404, token)
    assert.equal(await statusOf({}), 404)
    assert.equal(await statusOf(bearer(TOKEN)), 200)
  })
})

test.group('Who may read the metrics behind a proxy', (group) => {
  let served: ServedApp
  group.setup(async () => {
    const settings = { TRUST_PROXY: 'loopback', METRICS_TOKEN: TOKEN, APP_URL: 'https://medinfo.test' }
    served = await serveApp(settings)
    return () => served.stop()
  })

  test('whoever the proxy says that asks, not the proxy', async ({ assert }) => {
    const statusOf = async (headers: Record<string, string>) => (await served.send('GET', '/metrics', headers)).status
    const https = { 'x-forwarded-proto': 'https' }
    assert.equal(await statusOf({ ...https, 'x-forwarded-for': '203.0.113.9' }), 404)
    assert.equal(await statusOf({ ...https, 'x-forwarded-for': '127.0.0.1, 203.0.113.9' }), 404)
    assert.equal(await statusOf({ ...https, 'x-forwarded-for': '203.0.113.9', ...bearer(TOKEN) }), 200)
    assert.equal(await statusOf({}), 200)
  })

  test('and a token that could be guessed keeps the server from starting', async ({ assert }) => {
    const { code, output } = await complaintOf({ METRICS_TOKEN: 'prometheus' })
    assert.equal(code, 1)
    assert.include(output, 'METRICS_TOKEN')
  })

  test('nobody whose token has come in the clear', async ({ assert }) => {
    const answer = await served.send('GET', '/metrics', { 'x-forwarded-for': '203.0.113.9', ...bearer(TOKEN) })
    assert.notEqual(answer.status, 200)
  })
})

test.group('The metrics', () => {
  test('count requests by the pattern of their route, and never show what was asked for', async ({
    client,
    assert,
  }) => {
    const token = await tokenOf(await someone('admin'))
    const { uuid } = await registerPatient(callerOf(), {
      ...{ family_name: 'Counted', given_name: 'Awa', sex: 'female', dob: '1990-01-01' },
    })
    const labels = 'method="GET",route="/api/v1/patients/:id"'
    const lines = [
      `medinfo_http_requests_total{${labels},status="2xx"}`,
      `medinfo_http_requests_total{${labels},status="4xx"}`,
      `medinfo_http_request_duration_seconds_count{${labels}}`,
      'medinfo_http_requests_total{method="GET",route="(none)",status="4xx"}',
    ]
    const before = await Promise.all(lines.map(seen))
    await client.get(`/api/v1/patients/${uuid}`).bearerToken(token)
    await client.get(`/api/v1/patients/${uuid}`)
    await client.get(`/no-such/${uuid}`)
    const after = await Promise.all(lines.map(seen))
    assert.deepEqual(
      after.map((count, at) => count - before[at]!),
      [1, 1, 2, 1]
    )
    assert.notInclude(await printMetrics(), uuid)
  })

  test('count a field that cannot be read, whose answer is a bare 500 with the request’s id', async ({
    client,
    assert,
  }) => {
    const token = await tokenOf(await someone('admin'))
    const { uuid } = await registerPatient(callerOf(), {
      ...{ family_name: 'Spoilt', given_name: 'Awa', sex: 'female', dob: '1990-01-01', phone: '+221771112244' },
    })
    const before = await seen('medinfo_fields_unreadable_total')
    const { phone } = await db.from('patients').where('uuid', uuid).firstOrFail()
    const spoilt = Buffer.concat([phone.subarray(0, 20), randomBytes(phone.length - 20)])
    await db.from('patients').where('uuid', uuid).update({ phone: spoilt })
    const answer = await client.get(`/api/v1/patients/${uuid}`).bearerToken(token).header('x-request-id', 'spoilt-1')
    assert.equal(answer.status(), 500)
    assert.deepInclude(answer.body(), { code: 'internal_error', status: 500, request_id: 'spoilt-1' })
    assert.notInclude(JSON.stringify(answer.body()), 'phone')
    assert.equal(await seen('medinfo_fields_unreadable_total'), before + 1)
    await db.from('patients').where('uuid', uuid).update({ phone })
  })

  test('the log says which field that was, and of which request', async ({ assert }) => {
    let line = ''
    const destination = new Writable({
      write(chunk, _encoding, done) {
        line += chunk
        done()
      },
    })
    const ctx = new HttpContextFactory().create()
    ctx.logger = new Logger({ enabled: true, level: 'info', destination } as never)
    ctx.request.request.headers['x-request-id'] = 'spoilt-2'
    const place = { table: 'patients', column: 'phone', uuid: '019ace2b-7c1e-7d3a-9f10-2b6f0a7c4d11' }
    await new HttpExceptionHandler().handle(new FieldUnreadable(place), ctx)
    const { table, column, row, request_id: request, level } = JSON.parse(line)
    assert.deepEqual(
      { table, column, row, request, level },
      { table: 'patients', column: 'phone', row: place.uuid, request: 'spoilt-2', level: 50 }
    )
  })

  test('count the audit of reads by its groups', async ({ client, assert }) => {
    const before = await Promise.all(['medinfo_audit_groups_total', 'medinfo_audit_grouped_entries_total'].map(seen))
    const token = await tokenOf(await someone('admin'))
    await Promise.all([1, 2, 3].map(() => client.get('/api/v1/audit-logs').bearerToken(token)))
    const text = await printMetrics()
    assert.isAbove(valueOf(text, 'medinfo_audit_groups_total'), before[0]!)
    assert.isAtLeast(valueOf(text, 'medinfo_audit_grouped_entries_total'), before[1]! + 3)
    assert.equal(valueOf(text, 'medinfo_database_up'), 1)
    assert.isAbove(valueOf(text, 'process_resident_memory_bytes'), 10_000_000)
  })

  test('count jobs by their state, and forget what failed a week ago', async ({ assert }) => {
    const jobs = (state: string) => seen(`medinfo_jobs{state="${state}"}`)
    const before = [await jobs('waiting'), await jobs('failed')]
    const started = await Promise.all([1, 2, 3].map(() => aJob()))
    const [, recent, old] = started.map(({ id }) => db.from('jobs').where({ id }))
    const ended = (days: number) => toSqlInstant(new Date(Date.now() - days * 86_400_000))
    await recent!.update({ state: 'failed', ended_at: ended(6) })
    await old!.update({ state: 'failed', ended_at: ended(8) })
    assert.deepEqual([await jobs('waiting'), await jobs('failed')], [before[0]! + 1, before[1]! + 1])
    for (const { id } of started)
      await db
        .from('jobs')
        .where({ id })
        .update({ state: 'done', ended_at: ended(8) })
    assert.deepEqual([await jobs('waiting'), await jobs('failed')], before)
  })

  test('all have a line in the guides', async ({ assert }) => {
    const { read } = await import('#tests/unit/docs/documents')
    await printMetrics()
    const names = registry.getMetricsAsArray().map(({ name }) => name)
    for (const language of ['fr', 'en']) {
      const told = [...read(`docs/guides/${language}/metrics.md`).matchAll(/^\| `(\w+)/gm)].map(([, name]) => name!)
      assert.sameMembers(told, names)
    }
  })
})
