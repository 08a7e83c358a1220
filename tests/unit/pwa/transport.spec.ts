import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from '@japa/runner'
import { PROTOCOL, type SyncRequest } from '#app/sync/protocol'
import { fetchTransport, NoNetwork } from '#pwa/sync/transport'

const REQUEST: SyncRequest = { protocol: PROTOCOL, device_id: '', epoch: null, cursor: null, mutations: [] }

/** The way to a server that answers like this, and gives up a silent line almost at once. */
async function wayTo(answer: RequestListener, cleanup: (work: () => void) => void) {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  cleanup(() => {
    server.closeAllConnections()
    server.close()
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return fetchTransport({ credential: async () => 'x', language: () => 'fr', origin, patience: 50 })
}

const refusalOf = (work: Promise<unknown>) => work.then(() => null).catch((error: unknown) => error)

test.group('The way to the server', () => {
  test('is cut when nobody answers a call', async ({ assert, cleanup }) => {
    const way = await wayTo(() => {}, cleanup)
    assert.instanceOf(await refusalOf(way.exchange(REQUEST)), NoNetwork)
  })

  test('is cut when a load falls silent, and keeps what came', async ({ assert, cleanup }) => {
    const way = await wayTo((_, response) => {
      response.writeHead(200, { 'content-type': 'application/x-ndjson' })
      response.write('{"kind":"begin"}\n')
    }, cleanup)
    const lines: unknown[] = []
    const reading = (async () => {
      for await (const line of way.load({})) lines.push(line)
    })()
    assert.instanceOf(await refusalOf(reading), NoNetwork)
    assert.deepEqual(lines, [{ kind: 'begin' }])
  })

  test('leaves whoever reads a load their time between two lines', async ({ assert, cleanup }) => {
    const way = await wayTo((_, response) => {
      response.end('{"kind":"begin"}\n{"kind":"end"}\n')
    }, cleanup)
    const kinds: string[] = []
    for await (const { kind } of way.load({})) {
      kinds.push(kind)
      await new Promise((resolve) => setTimeout(resolve, 120))
    }
    assert.deepEqual(kinds, ['begin', 'end'])
  })

  test('takes a proxy at its word when a call is too large, and at no other', async ({ assert, cleanup }) => {
    const statuses = [413, 502]
    const way = await wayTo((_, response) => {
      response.writeHead(statuses.shift()!, { 'content-type': 'text/html' }).end('<h1>No</h1>')
    }, cleanup)
    assert.deepInclude(await way.exchange(REQUEST), { status: 413, code: 'too_large' })
    assert.instanceOf(await refusalOf(way.exchange(REQUEST)), NoNetwork)
  })
})
