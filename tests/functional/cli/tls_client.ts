import { once } from 'node:events'
import { request as overClear, type IncomingHttpHeaders } from 'node:http'
import { request as overTls } from 'node:https'
import { buffer } from 'node:stream/consumers'

export interface Told {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
}

interface Asked {
  method?: string
  headers?: Record<string, string>
  body?: object
  /** The authority that this client trusts, as PEM; nobody else. */
  ca?: string
}

/** A request as a phone would make it, to a server of this test; without `ca` it trusts what browsers do. */
export async function ask(url: string, { method = 'GET', headers = {}, body, ca }: Asked = {}): Promise<Told> {
  const text = body && JSON.stringify(body)
  const framed = text ? { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) } : {}
  const open = url.startsWith('https:') ? overTls : overClear
  const request = open(url, { method, headers: { ...framed, ...headers }, agent: false, ca })
  request.end(text)
  const [answer] = await once(request, 'response')
  return { status: answer.statusCode, headers: answer.headers, body: await buffer(answer) }
}

export const jsonIn = ({ body }: Told) => JSON.parse(body.toString())
