import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { test } from '@japa/runner'
import { PoorLine, type Fault, type LineOptions } from '#tests/line/poor_line'

/** A server that counts what reaches it and answers 10,000 bytes. */
async function withLine(options: LineOptions, work: (post: () => Promise<string>, heard: string[]) => Promise<void>) {
  const heard: string[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const piece of request) body += piece
    heard.push(body)
    response.end('x'.repeat(10_000))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const line = await PoorLine.to((server.address() as AddressInfo).port, options)
  const post = async () => {
    const answer = await fetch(`http://127.0.0.1:${line.port}/`, { method: 'POST', body: 'y'.repeat(500) })
    return answer.text()
  }
  try {
    await work(post, heard)
  } finally {
    await line.end()
    server.closeAllConnections()
    server.close()
  }
}

const faulty = (fault: Fault | null) => ({ nextFault: () => fault })

test.group('A poor line', () => {
  test('carries everything when nothing is wrong', ({ assert }) =>
    withLine({ delayMs: 5, bytesPerSecond: 1_000_000 }, async (post, heard) => {
      assert.lengthOf(await post(), 10_000)
      assert.deepEqual(heard, ['y'.repeat(500)])
    }))

  test('refuses, or cuts a request, of which the server hears nothing whole', async ({ assert }) => {
    for (const fault of [{ kind: 'refused' }, { kind: 'request_cut', afterBytes: 50 }] as const)
      await withLine(faulty(fault), async (post, heard) => {
        await assert.rejects(post)
        assert.deepEqual(heard, [])
      })
  })

  test('loses or cuts an answer to what the server has done', async ({ assert }) => {
    for (const fault of [{ kind: 'answer_lost' }, { kind: 'answer_cut', afterBytes: 5000 }] as const)
      await withLine(faulty(fault), async (post, heard) => {
        await assert.rejects(post)
        assert.lengthOf(heard, 1)
      })
  })
})
