import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { buffer } from 'node:stream/consumers'
import env from '#start/env'

export interface RawAnswer {
  status: number
  headers: Record<string, string | undefined>
  body: Buffer
}

/** A request as written and an answer as sent: a client would correct the one and unpack the other. */
export async function rawRequest(
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: string | Buffer
): Promise<RawAnswer> {
  const request = httpRequest({ host: env.get('HOST'), port: env.get('PORT'), method, path, headers, agent: false })
  // The server may refuse a large body, and close, before it was sent.
  request.on('error', () => {})
  request.end(body)
  const [answer] = await once(request, 'response')
  return { status: answer.statusCode, headers: answer.headers, body: await buffer(answer) }
}
