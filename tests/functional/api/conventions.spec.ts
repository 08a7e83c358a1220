import { request as httpRequest } from 'node:http'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import env from '#start/env'
import { newUuid } from '#app/core/ids'
import { apiCallerWith, PATIENTS, type Answer } from '#tests/functional/api_caller'
import { auditOf, withAuditFault } from '#tests/functional/core/probe'
import { aPatient, someDigits, somePatient } from '#tests/functional/patients/some_patient'

interface RawAnswer {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: string
}

/** A request as written: a client would correct what these tests send. */
async function raw(
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: string | Buffer
): Promise<RawAnswer> {
  const request = httpRequest({ host: env.get('HOST'), port: env.get('PORT'), method, path, headers, agent: false })
  request.on('error', () => {})
  request.end(body)
  const [answer] = await once(request, 'response')
  return { status: answer.statusCode, headers: answer.headers, body: await text(answer) }
}

test.group('Problems', () => {
  /** What makes each status, as the reception of a clinic could meet it. */
  type Cause = (api: Awaited<ReturnType<typeof apiCallerWith>>) => Promise<Answer>
  const CAUSES: Record<string, [status: number, code: string, cause: Cause]> = {
    'no such record': [404, 'not_found', (api) => api.get(`${PATIENTS}/${newUuid()}`)],
    'no such address': [404, 'route_not_found', (api) => api.get('/api/v1/nowhere')],
    'a method that the address does not have': [
      405,
      'method_not_allowed',
      (api) => api.post(`${PATIENTS}/${newUuid()}`),
    ],
    'no permission': [
      403,
      'forbidden',
      async (api) => api.delete(`${PATIENTS}/${(await somePatient()).uuid}`, { version: 1 }),
    ],
    'a stale version': [
      409,
      'stale_version',
      async (api) => api.patch(`${PATIENTS}/${(await somePatient()).uuid}`, { version: 7, sex: 'male' }),
    ],
    'no version': [428, 'version_required', async (api) => api.patch(`${PATIENTS}/${(await somePatient()).uuid}`, {})],
    'a field that is wrong': [422, 'invalid', (api) => api.post(PATIENTS, aPatient({ dob: '1990-02-30' }))],
    'an id that is none': [422, 'invalid', (api) => api.get(`${PATIENTS}/17`)],
    'a body that is too large': [
      413,
      'too_large',
      (api) => api.post(PATIENTS, aPatient({ address: 'x'.repeat(1_100_000) })),
    ],
  }

  for (const [name, [status, code, cause]] of Object.entries(CAUSES)) {
    test(`${name} is ${status} ${code}, as RFC 9457 says, and audited`, async ({ client, assert }) => {
      const answer = await cause(await apiCallerWith(client, 'reception'))
      assert.equal(answer.status(), status, answer.text())
      assert.match(answer.header('content-type')!, /^application\/problem\+json/)
      const body = answer.body()
      assert.deepInclude(body, { type: `/problems/${code}`, status, code, request_id: answer.requestId })
      assert.isAbove(body.title.length, 5)
      const rows = await auditOf(answer.requestId)
      assert.deepEqual(
        rows.map((row) => [row.outcome, row.http_status]),
        [['refused', status]]
      )
    })
  }

  test('are French for everybody, and English for whoever asks for it', async ({ client, assert }) => {
    const api = await apiCallerWith(client, 'reception')
    const titles: Record<string, string> = {}
    for (const language of [
      '',
      'de',
      'fr',
      'en',
      'en-GB, fr;q=0.5',
      'fr, en;q=0.9',
      'de, en;q=0.5',
      '*',
      'x'.repeat(5_000),
    ]) {
      const answer = await api.post(
        PATIENTS,
        aPatient({ dob: 'x', phnoe: 1 }),
        language ? { 'Accept-Language': language } : {}
      )
      const again = await api.post(PATIENTS, aPatient({ dob: 'x' }), language ? { 'Accept-Language': language } : {})
      assert.match(answer.header('vary')!, /Accept-Language/i)
      titles[language.slice(0, 20)] =
        `${answer.header('content-language')} ${answer.body().title} | ${again.body().errors[0].detail}`
    }
    const french = 'fr Données invalides | '
    const english = 'en Invalid input | '
    for (const [language, title] of Object.entries(titles))
      assert.isTrue(
        title.startsWith(language.startsWith('en') || language.startsWith('de, en') ? english : french),
        `${language}: ${title}`
      )
    assert.notEqual(titles.en!.split('|')[1], titles.fr!.split('|')[1])
  })

  test('of fields point at each and say what is wrong', async ({ client, assert }) => {
    const api = await apiCallerWith(client, 'reception')
    const answer = await api.post(PATIENTS, { family_name: '', sex: 'x', dob: '2024-13-01', phone: 'abc', email: 'no' })
    const errors = answer.body().errors as { pointer: string; code: string; detail: string }[]
    assert.sameMembers(
      errors.map(({ pointer }) => pointer),
      ['/family_name', '/given_name', '/sex', '/dob', '/phone', '/email']
    )
    for (const { detail } of errors) assert.notMatch(detail, /^La valeur n’est pas acceptée\.$|\{|undefined/, detail)
  })

  test('of the audit stop everything: 503, nothing is changed and nothing is shown', async ({ client, assert }) => {
    const [api, patient] = [await apiCallerWith(client, 'reception'), await somePatient({ phone: '+221771112233' })]
    const mrn = `F${someDigits()}`
    await withAuditFault(async () => {
      const fault = { 'X-Request-Id': `fault-${newUuid()}` }
      const answers = [
        await api.post(PATIENTS, aPatient({ mrn }), { ...fault, 'Idempotency-Key': newUuid() }),
        await api.patch(`${PATIENTS}/${patient.uuid}`, { version: 1, sex: 'male' }, fault),
        await api.get(`${PATIENTS}/${patient.uuid}`, fault),
        await api.get(`${PATIENTS}/search?mrn=${patient.mrn}`, fault),
        await api.delete(`${PATIENTS}/${patient.uuid}`, { version: 1 }, fault),
      ]
      for (const answer of answers) {
        assert.deepEqual([answer.status(), answer.body().code], [503, 'audit_unavailable'])
        assert.match(answer.header('retry-after')!, /^\d+$/)
        assert.notProperty(answer.body(), 'data')
      }
    })
    assert.lengthOf(await db.from('patients').where('mrn', mrn), 0)
    assert.deepInclude(await db.from('patients').where('id', patient.id).firstOrFail(), { version: 1, sex: 'female' })
  })

  test('of methods name those that there are', async ({ client, assert }) => {
    const api = await apiCallerWith(client, 'reception')
    const answer = await api.post(`${PATIENTS}/${newUuid()}`)
    assert.sameMembers(answer.header('allow')!.split(', '), ['GET', 'HEAD', 'PATCH', 'DELETE'])
    const list = await api.delete(PATIENTS)
    assert.sameMembers(list.header('allow')!.split(', '), ['GET', 'HEAD', 'POST'])
  })
})

test.group('Bodies', () => {
  const post = async (client: any, type: string, body: string | Buffer, more: Record<string, string> = {}) => {
    const { token } = await apiCallerWith(client, 'reception')
    const headers = { 'authorization': `Bearer ${token}`, 'content-type': type, ...more }
    return raw('POST', PATIENTS, { ...headers, 'content-length': String(Buffer.byteLength(body)) }, body)
  }

  test('that are not JSON are refused as such', async ({ client, assert }) => {
    const types = [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/xml',
      'x',
    ]
    for (const type of [...types, 'application/jsonx', ''])
      assert.equal((await post(client, type, 'family_name=Sy')).status, 415, type)
  })

  test('that are broken JSON are refused as such', async ({ client, assert }) => {
    for (const body of ['{', '{"a":}', "{'a': 1}", '\u0000', '{"family_name": "\\ud8"}', `${'['.repeat(50_000)}`]) {
      const answer = await post(client, 'application/json', body)
      assert.equal(answer.status, 400, body.slice(0, 30))
      assert.equal(JSON.parse(answer.body).code, 'malformed_body')
    }
  })

  test('that are JSON of another shape are refused with a pointer', async ({ client, assert }) => {
    for (const body of ['[]', '[1,2]', 'null', '3', '"text"', 'true', `${'['.repeat(5_000)}${']'.repeat(5_000)}`]) {
      const { status } = await post(client, 'application/json; charset=utf-8', body)
      assert.include([400, 422], status, body.slice(0, 20))
    }
  })

  test('in another encoding are refused, instead of losing their accents', async ({ client, assert }) => {
    for (const charset of ['iso-8859-1', 'latin1', 'utf-16le', 'ebcdic'])
      assert.equal((await post(client, `application/json; charset=${charset}`, '{}')).status, 415, charset)
    const latin1 = Buffer.from(JSON.stringify(aPatient()), 'latin1')
    assert.equal((await post(client, 'application/json', latin1)).status, 400)
    assert.equal((await post(client, 'application/json; charset="UTF-8"', JSON.stringify(aPatient()))).status, 201)
    for (const encoding of ['br', 'gzip', 'zip', 'deflate'])
      assert.include(
        [400, 415],
        (await post(client, 'application/json', '{}', { 'content-encoding': encoding })).status,
        encoding
      )
  })

  test('that are packed count by what they hold', async ({ client, assert }) => {
    const packed = gzipSync(JSON.stringify(aPatient({ address: 'x'.repeat(50_000_000) })))
    assert.isBelow(packed.length, 100_000)
    assert.equal((await post(client, 'application/json', packed, { 'content-encoding': 'gzip' })).status, 413)
  })
})

test.group('Odd input', () => {
  const ODD: unknown[] = [
    ...[
      '\0',
      'a\0b',
      '\ud800',
      'a\udc00b',
      '\uffff',
      '\u{10ffff}',
      '𞤀𞤁𞤂',
      '\u202eabc',
      'ﷺ'.repeat(30),
      '’'.repeat(100),
    ],
    ...[
      'x'.repeat(200_000),
      ' '.repeat(5_000),
      '%00',
      '%',
      "'; drop table patients; --",
      '{{7*7}}',
      '../../etc/passwd',
    ],
    ...[0, -1, 1e308, 1e21, 9007199254740993, true, false, null, [], {}, [[]], [null], { a: { b: 1 } }, ['x'], ''],
    ...['a'.repeat(65) + ' b', `${'é'.repeat(60)} ${'é'.repeat(59)}`, '-', '😀', '’', 'a'.repeat(120), 'ǅ'.repeat(119)],
  ]
  const FIELDS = [
    'family_name',
    'given_name',
    'sex',
    'dob',
    'national_id',
    'national_id_country',
    'phone',
    'email',
    'address',
  ]
  const MORE = ['deceased_at', 'mrn', 'id', '__proto__', 'constructor', 'x\0y']

  test('in any field of a registration is taken or refused, never an error of the server', async ({
    client,
    assert,
  }) => {
    const api = await apiCallerWith(client, 'reception')
    for (const field of [...FIELDS, ...MORE]) {
      for (const value of ODD) {
        const answer = await api.post(PATIENTS, { ...aPatient(), [field]: value })
        assert.isBelow(
          answer.status(),
          500,
          `${field}: ${JSON.stringify(value)?.slice(0, 60)} ${answer.text().slice(0, 200)}`
        )
      }
    }
  }).timeout(120_000)

  test('in any field of a correction, neither', async ({ client, assert }) => {
    const api = await apiCallerWith(client, 'reception')
    const { uuid } = await somePatient()
    let version = 1
    for (const field of [...FIELDS, 'deceased_at', 'version', 'id']) {
      for (const value of ODD) {
        const answer = await api.patch(`${PATIENTS}/${uuid}`, { version, [field]: value })
        assert.isBelow(answer.status(), 500, `${field}: ${JSON.stringify(value)?.slice(0, 60)}`)
        if (answer.status() === 200) version = answer.body().data.version
      }
    }
  }).timeout(120_000)

  test('in an address or a query, neither', async ({ client, assert }) => {
    const { token } = await apiCallerWith(client, 'reception')
    const signs = [
      '%00',
      '%zz',
      '%',
      '%E9',
      '%ED%A0%80',
      '%F0%9F%98%80',
      'x'.repeat(5_000),
      '%27',
      '..%2f..%2f',
      '[]',
      '&',
      '+',
    ]
    const keys = [
      'name',
      'national_id',
      'national_id_country',
      'phone',
      'dob',
      'mrn',
      'limit',
      'cursor',
      'sort',
      'count',
      'retired',
    ]
    const paths = signs.flatMap((sign) => [
      `${PATIENTS}/${sign}`,
      `/api/v1/doctors/${sign}/patients/${sign}`,
      ...keys.flatMap((key) => [`${PATIENTS}?${key}=${sign}`, `${PATIENTS}/search?${key}=${sign}`]),
    ])
    const odd = [
      '?name=a&name=b',
      '?name[a]=b',
      '?name[]=b',
      '?limit=1e1',
      '?limit=-1',
      '?limit=101',
      '?__proto__[a]=1',
      '?a[b][c][d][e]=1',
    ]
    const cursor = (value: unknown) => `?cursor=${Buffer.from(JSON.stringify(value)).toString('base64url')}`
    const named = (by: string) => `patients ${by} asc`
    const cursors = [
      ...[
        cursor([named('sort_name'), '\0', 'é']),
        cursor([named('sort_name'), 'x', { a: 1 }]),
        cursor({}),
        cursor(null),
      ],
      ...[
        `${cursor([named('created_at'), '2024-02-31 00:00:00.000', 'x'])}&sort=created_at`,
        '?cursor=!!',
        '?cursor=e30',
      ],
      ...[
        `${cursor([named('dob'), 'garbage', 'x'])}&sort=dob`,
        `${cursor([named('dob'), '0000-00-00', 'x'])}&sort=dob`,
      ],
    ]
    for (const path of [
      ...paths,
      ...[...odd, ...cursors].flatMap((query) => [PATIENTS + query, `${PATIENTS}/search${query}`]),
    ]) {
      const answer = await raw('GET', path, { authorization: `Bearer ${token}` })
      assert.isBelow(answer.status, 500, `${path.slice(0, 100)} ${answer.body.slice(0, 200)}`)
    }
  }).timeout(120_000)

  test('in headers, neither', async ({ client, assert }) => {
    const { token } = await apiCallerWith(client, 'reception')
    const { uuid } = await somePatient()
    const authorization = `Bearer ${token}`
    const id = 'x'.repeat(3_000)
    for (const more of [
      { 'x-request-id': id },
      { 'user-agent': 'é'.repeat(2_000) },
      { 'x-forwarded-for': `${id}, 1.2.3.4` },
      { 'if-none-match': '"'.repeat(3_000) },
      { 'accept-language': '\u00ff'.repeat(100) },
      { cookie: 'a=b; a=b; =; %' },
      { accept: 'text/html' },
    ]) {
      const answer = await raw('GET', `${PATIENTS}/${uuid}`, { authorization, ...more } as never)
      assert.equal(answer.status, 200, `${JSON.stringify(more).slice(0, 80)} ${answer.body}`)
    }
    const tokens = [
      '',
      'Basic YTpi',
      'Bearer',
      'Bearer x',
      'Bearer oat_',
      'Bearer oat_w6k.x',
      `Bearer oat_${id}`,
      'Bearer oat_%00.%00',
    ]
    for (const header of [
      ...tokens,
      `Bearer oat_${Buffer.from('é\0').toString('base64url')}.${Buffer.from('\0').toString('base64url')}`,
    ]) {
      const answer = await raw('GET', `${PATIENTS}/${uuid}`, { authorization: header })
      assert.equal(answer.status, 401, header.slice(0, 60))
    }
  })
})
