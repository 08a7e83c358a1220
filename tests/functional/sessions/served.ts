import { once } from 'node:events'
import { createServer, request as httpRequest } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { json } from 'node:stream/consumers'
import server from '@adonisjs/core/services/server'

export interface Line {
  /** As a server with TLS hands its connections over. */
  isEncrypted?: boolean
  /** Where the other end is, as far as the application can see. */
  from?: string
}

export interface Served {
  status: number
  cookies: string[]
  headers: Record<string, string | string[] | undefined>
  body: any
}

/** The application behind another line than that of the tests: its network is the one thing that is made up. */
export async function servedOver({ isEncrypted = false, from }: Line) {
  const listener = createServer((request, response) => void server.handle(request, response))
  listener.on('connection', (socket: Socket) => {
    if (isEncrypted) Object.defineProperty(socket, 'encrypted', { value: true })
    if (from) Object.defineProperty(socket, 'remoteAddress', { value: from })
  })
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const { port } = listener.address() as AddressInfo

  async function send(method: string, path: string, headers: Record<string, string>, body?: object): Promise<Served> {
    const text = body && JSON.stringify(body)
    const sent: Record<string, string> = text
      ? { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)), ...headers }
      : headers
    const request = httpRequest({ host: '127.0.0.1', port, method, path, headers: sent, agent: false })
    request.end(text)
    const [answer] = await once(request, 'response')
    const { statusCode: status, headers: told } = answer
    return { status, cookies: told['set-cookie'] ?? [], headers: told, body: await json(answer) }
  }

  return {
    send,
    close: () => {
      listener.closeAllConnections()
      listener.close()
    },
  }
}
