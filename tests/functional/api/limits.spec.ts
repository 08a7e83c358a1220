import { gzipSync } from 'node:zlib'
import { test } from '@japa/runner'
import { LARGER_BODIES } from '#config/bodyparser'
import { apiCallerWith, PATIENTS } from '#tests/functional/api_caller'
import { aPatient } from '#tests/functional/patients/some_patient'
import { rawRequest } from '#tests/functional/raw_request'

const MIB = 1024 * 1024

/** JSON of exactly this many bytes, whose address is too long for any patient. */
function bodyOf(bytes: number): string {
  const empty = JSON.stringify(aPatient({ address: '' }))
  return JSON.stringify(aPatient({ address: 'x'.repeat(bytes - Buffer.byteLength(empty)) }))
}

async function sender(client: any) {
  const { token } = await apiCallerWith(client, 'reception')
  return async (body: string | Buffer, headers: Record<string, string> = {}, path = PATIENTS) => {
    const own = { 'authorization': `Bearer ${token}`, 'content-type': 'application/json', ...headers }
    const answer = await rawRequest('POST', path, own, body)
    return { status: answer.status, ...JSON.parse(answer.body.toString()) }
  }
}

/** While `work` runs, registering a patient takes as much as a device's report. */
async function withLargerBodies(work: () => Promise<void>) {
  LARGER_BODIES.set(PATIENTS, LARGER_BODIES.get('/api/v1/sync')!)
  try {
    await work()
  } finally {
    LARGER_BODIES.delete(PATIENTS)
  }
}

test.group('The size of a body', () => {
  test('is a mebibyte at most', async ({ client, assert }) => {
    const send = await sender(client)
    assert.deepInclude(await send(bodyOf(MIB + 1)), { status: 413, code: 'too_large' })
    assert.deepInclude(await send(bodyOf(MIB)), { status: 422, code: 'invalid' })
    const lengthless = { 'transfer-encoding': 'chunked' }
    assert.deepInclude(await send(bodyOf(MIB + 1), lengthless), { status: 413, code: 'too_large' })
  })

  test('is that of what is packed in it', async ({ client, assert }) => {
    const send = await sender(client)
    for (const bytes of [MIB + 1, 40 * MIB]) {
      const packed = gzipSync(bodyOf(bytes))
      assert.isBelow(packed.length, MIB / 10)
      assert.deepInclude(await send(packed, { 'content-encoding': 'gzip' }), { status: 413, code: 'too_large' })
    }
    const fitting = gzipSync(bodyOf(MIB))
    assert.deepInclude(await send(fitting, { 'content-encoding': 'gzip' }), { status: 422, code: 'invalid' })
  })

  test('is two mebibytes at most where a device sends what it collected, and nowhere else', async ({
    client,
    assert,
  }) => {
    const send = await sender(client)
    await withLargerBodies(async () => {
      assert.deepInclude(await send(bodyOf(2 * MIB)), { status: 422, code: 'invalid' })
      assert.deepInclude(await send(bodyOf(2 * MIB + 1)), { status: 413, code: 'too_large' })
      const packed = gzipSync(bodyOf(2 * MIB + 1))
      assert.deepInclude(await send(packed, { 'content-encoding': 'gzip' }), { status: 413, code: 'too_large' })
      const elsewhere = `${PATIENTS}/01980a3e-5f00-7000-8000-0000000000ff/restoration`
      assert.deepInclude(await send(bodyOf(MIB + 1), {}, elsewhere), { status: 413, code: 'too_large' })
    })
    assert.deepEqual([...LARGER_BODIES], [['/api/v1/sync', '2mb']])
  })
})

test.group('A body', () => {
  /** A registration whose end is this text. */
  const ending = (more: string) => JSON.stringify(aPatient()).replace(/}$/, `,${more}}`)

  test('that names a field twice is refused, however the name is spelt', async ({ client, assert }) => {
    const send = await sender(client)
    const twice = [
      '"sex":"male"',
      '"sex":"female"',
      '"s\\u0065x":"male"',
      '"\\u0073\\u0065\\u0078" : "male"',
      '"address":"a","address":"b"',
      '"address":{"a":1,"a":2}',
      '"address":[{"b":[{}]},{"a":1,"b":{},"a":2}]',
      '"":1,"":2',
      '"a\\"":1,"a\\u0022":2',
      '"\\\\":1,"\\\\":2',
      '"é":1,"\\u00e9":2',
    ]
    for (const more of twice)
      assert.deepInclude(await send(ending(more)), { status: 400, code: 'malformed_body' }, more)
  })

  test('that says a name again elsewhere, or only as a text, is none that says it twice', async ({
    client,
    assert,
  }) => {
    const send = await sender(client)
    const once = [
      '"address":"sex"',
      '"address":"\\"sex\\":1,\\"sex\\":2"',
      '"address":"{\\\\"',
      '"address":"Sex, sex"',
      '"phone":"+221771234567","email":null',
    ]
    for (const more of once) assert.equal((await send(ending(more))).status, 201, more)
    const odd = [
      '"Sex":"male"',
      '"a":{"sex":1},"b":{"sex":1}',
      '"a":[{"b":1},{"b":1}]',
      '"a":["b","b"]',
      '"a":{"b":{"b":{"b":1}}}',
    ]
    for (const more of odd) {
      const answer = await send(ending(more))
      assert.deepEqual([answer.status, answer.errors[0].code], [422, 'unknown_field'], more)
    }
  })

  test('is 64 levels deep at most', async ({ client, assert }) => {
    const send = await sender(client)
    // The registration itself is the first.
    const nested = (levels: number, open: string, close: string) =>
      ending(`"address":${open.repeat(levels - 1)}1${close.repeat(levels - 1)}`)
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
      ['[{"a":', '}]'],
    ] as const) {
      const levels = open.length === 6 ? 32 : 64
      assert.deepInclude(await send(nested(levels, open, close)), { status: 422, code: 'invalid' }, open)
      assert.deepInclude(await send(nested(levels + 1, open, close)), { status: 400, code: 'malformed_body' }, open)
    }
  })

  test('of a mebibyte of backslashes, quotes or names is read in one go', async ({ client, assert }) => {
    const send = await sender(client)
    const filled = (text: string) => `"address":"${text.repeat(Math.floor((MIB - 200) / text.length))}"`
    for (const text of ['\\\\', '\\"', '\\\\\\"', '{', ','])
      assert.deepInclude(await send(ending(filled(text))), { status: 422, code: 'invalid' }, text)
    const names = Array.from({ length: 60_000 }, (_, n) => `"k${n}":0`).join(',')
    assert.deepInclude(await send(ending(names)), { status: 422, code: 'invalid' })
  })
})
