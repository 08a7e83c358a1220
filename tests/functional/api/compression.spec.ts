import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { test } from '@japa/runner'
import { assignDoctor } from '#app/doctors/assign_doctor'
import { callerOf } from '#tests/acting'
import { apiCallerWith, PATIENTS } from '#tests/functional/api_caller'
import { somePatient } from '#tests/functional/patients/some_patient'
import { rawRequest } from '#tests/functional/raw_request'

/** Somebody with a page of patients that is larger than a kilobyte, and one patient whose record is not. */
async function ward(client: any) {
  const api = await apiCallerWith(client, 'doctor')
  const uuids: string[] = []
  for (let n = 0; n < 4; n++) {
    const { uuid } = await somePatient({ family_name: `Ndiaye${'abcd'[n]}`, given_name: 'Aïssatou, née à Thiès' })
    await assignDoctor(callerOf(), { doctor_id: api.user.uuid, patient_id: uuid })
    uuids.push(uuid)
  }
  const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    rawRequest(method, path, { authorization: `Bearer ${api.token}`, ...headers })
  return { get, one: `${PATIENTS}/${uuids[0]}` }
}

const UNPACK = { br: brotliDecompressSync, gzip: gunzipSync }

test.group('A large answer', () => {
  for (const encoding of ['br', 'gzip'] as const) {
    test(`is the same one after ${encoding}, and smaller on its way`, async ({ client, assert }) => {
      const { get } = await ward(client)
      for (const path of [PATIENTS, '/api/v1/openapi.json', '/docs/swagger-ui.css']) {
        const plain = await get(path)
        const packed = await get(path, { 'accept-encoding': encoding })
        assert.equal(packed.headers['content-encoding'], encoding, path)
        assert.isBelow(packed.body.length, plain.body.length)
        assert.isTrue(UNPACK[encoding](packed.body).equals(plain.body), path)
        assert.isUndefined(packed.headers['content-length'])
        assert.equal(packed.headers['content-type'], plain.headers['content-type'])
      }
    })
  }

  test('is plain for whoever accepts nothing, or nothing that we pack by', async ({ client, assert }) => {
    const { get } = await ward(client)
    const asked: Record<string, string>[] = [
      {},
      { 'accept-encoding': '' },
      { 'accept-encoding': 'identity' },
      { 'accept-encoding': 'zstd' },
      { 'accept-encoding': 'gzip;q=0, br;q=0' },
    ]
    for (const headers of asked) {
      const answer = await get(PATIENTS, headers)
      assert.isUndefined(answer.headers['content-encoding'], JSON.stringify(headers))
      assert.equal(Number(answer.headers['content-length']), answer.body.length)
      assert.lengthOf(JSON.parse(answer.body.toString()).data, 4)
    }
  })

  test('is br for whoever accepts both, and says of what it depends on', async ({ client, assert }) => {
    const { get } = await ward(client)
    const answer = await get(PATIENTS, { 'accept-encoding': 'gzip, deflate, br' })
    assert.equal(answer.headers['content-encoding'], 'br')
    for (const name of ['Accept-Encoding', 'Accept-Language']) assert.include(answer.headers.vary!, name)
    assert.equal(answer.headers['cache-control'], 'no-store')
  })

  test('is a problem as well, where it names many fields', async ({ client, assert }) => {
    const { token } = await apiCallerWith(client, 'reception')
    const unknown = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`unknown_${n}`, 1]))
    const headers = {
      'authorization': `Bearer ${token}`,
      'content-type': 'application/json',
      'accept-encoding': 'gzip',
    }
    const answer = await rawRequest('POST', PATIENTS, headers, JSON.stringify(unknown))
    assert.deepEqual([answer.status, answer.headers['content-encoding']], [422, 'gzip'])
    assert.match(answer.headers['content-type']!, /^application\/problem\+json/)
    assert.lengthOf(JSON.parse(gunzipSync(answer.body).toString()).errors, 40)
  })
})

test.group('What is not packed', () => {
  test('is a small answer', async ({ client, assert }) => {
    const { get, one } = await ward(client)
    for (const path of [one, `${PATIENTS}/nobody`, '/api/v1/public/info']) {
      const answer = await get(path, { 'accept-encoding': 'br, gzip' })
      assert.isUndefined(answer.headers['content-encoding'], path)
      assert.equal(Number(answer.headers['content-length']), answer.body.length)
      assert.doesNotThrow(() => JSON.parse(answer.body.toString()))
    }
  })

  test('is what has no body: a 304, and the answer to HEAD', async ({ client, assert }) => {
    const { get, one } = await ward(client)
    const packing = { 'accept-encoding': 'br, gzip' }
    const known = await get(one, { ...packing, 'if-none-match': '"1"' })
    const head = await get(PATIENTS, packing, 'HEAD')
    assert.deepEqual([known.status, head.status], [304, 200])
    for (const { headers, body } of [known, head]) {
      assert.isUndefined(headers['content-encoding'])
      assert.include(headers.vary!, 'Accept-Encoding')
      assert.lengthOf(body, 0)
    }
  })
})
