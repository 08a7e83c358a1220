import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import env from '#start/env'
import { Sender, type Answer } from '#tests/fuzz/sending'

export interface Passed {
  method: string
  path: string
  /** What was sent. */
  body: string
}

/** Spoils an answer in place, or leaves it as it is. */
export type Fault = (passed: Passed, answer: Answer) => void

/** Hands every request on to the application, and its answer back with a fault in it. */
export async function spoiledServer(fault: Fault): Promise<{ origin: URL; close: () => void }> {
  const sender = new Sender(new URL(`http://${env.get('HOST')}:${env.get('PORT')}`))
  const server = createServer(async (request, response) => {
    const { method = 'GET', url = '/' } = request
    const body = await buffer(request)
    const answer = await sender.send({
      method,
      address: url,
      headers: headersOf(request),
      body: body.length ? body : null,
    })
    fault({ method, path: url.split('?')[0]!, body: body.toString() }, answer)
    const { 'content-length': _, 'content-encoding': __, 'transfer-encoding': ___, ...headers } = answer.headers
    response.writeHead(answer.status, headers as Record<string, string>)
    response.end(answer.text)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const close = () => {
    sender.close()
    server.closeAllConnections()
    server.close()
  }
  return { origin: new URL(`http://127.0.0.1:${port}`), close }
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  const { 'host': _, 'connection': __, 'transfer-encoding': ___, 'content-length': ____, ...rest } = headers
  return rest as Record<string, string>
}
