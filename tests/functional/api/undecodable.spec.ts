import { request as httpRequest } from 'node:http'
import { once } from 'node:events'
import { json } from 'node:stream/consumers'
import { test } from '@japa/runner'
import env from '#start/env'
import { newUuid } from '#app/core/ids'
import { apiCallerWith, PATIENTS, type ApiCaller } from '#tests/functional/api_caller'
import { auditOf } from '#tests/functional/core/probe'

/** As written: a client would mend the address. */
async function ask({ token }: ApiCaller, path: string, requestId = newUuid()) {
  const headers = { 'authorization': `Bearer ${token}`, 'x-request-id': requestId, 'accept-language': 'en' }
  const request = httpRequest({ host: env.get('HOST'), port: env.get('PORT'), path, headers, agent: false }).end()
  const [answer] = await once(request, 'response')
  return { status: answer.statusCode, headers: answer.headers, body: (await json(answer)) as Record<string, unknown> }
}

test.group('An address that cannot be decoded', () => {
  for (const [path, status, code] of [
    [`${PATIENTS}/%E9`, 422, 'invalid'],
    [`${PATIENTS}/%`, 422, 'invalid'],
    [`${PATIENTS}/%zz?name=%zz`, 422, 'invalid'],
    ['/api/v1/%C0%80', 404, 'route_not_found'],
    ['/problems/%ED%A0%80', 404, 'route_not_found'],
  ] as const)
    test(`${path} is refused like any other that leads nowhere`, async ({ client, assert }) => {
      const { status: told, headers, body } = await ask(await apiCallerWith(client, 'reception'), path)
      assert.deepEqual([told, body.code], [status, code])
      assert.match(headers['content-type'], /^application\/problem\+json/)
      assert.deepEqual([headers['content-language'], headers['x-content-type-options']], ['en', 'nosniff'])
    })

  test('is audited', async ({ client, assert }) => {
    const requestId = newUuid()
    await ask(await apiCallerWith(client, 'reception'), '/api/v1/%E9', requestId)
    const rows = await auditOf(requestId)
    assert.deepEqual(
      rows.map(({ outcome, http_status }) => [outcome, http_status]),
      [['refused', 404]]
    )
  })
})
