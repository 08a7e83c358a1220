import { once } from 'node:events'
import { Agent, request as httpRequest, type IncomingMessage } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'

/** A request with nothing left to fill in. */
export interface Request {
  method: string
  address: string
  headers: Record<string, string>
  body: Buffer | null
}

export interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
}

// A server that says nothing for so long has hung; no limit on how fast it should be.
const HUNG_AFTER = 60_000
const DECODERS: Record<string, (bytes: Buffer) => Buffer> = {
  gzip: gunzipSync,
  br: brotliDecompressSync,
  deflate: inflateSync,
}

/** Sends requests as they are written: fetch would mend an address, and knows no bytes that are not text. */
export class Sender {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 })

  constructor(private readonly origin: URL) {}

  async send({ method, address, headers, body }: Request): Promise<Answer> {
    const { hostname: host, port } = this.origin
    const length = body ? { 'content-length': `${body.length}` } : {}
    const request = httpRequest({
      ...{ host, port, method, path: address, headers: { ...headers, ...length }, agent: this.#agent },
      signal: AbortSignal.timeout(HUNG_AFTER),
    })
    // A server that refuses a large body may close before it has read it; its answer counts.
    const failure = once(request, 'error').then(([error]) => error as Error)
    request.end(body ?? undefined)
    const answered = once(request, 'response').then(([message]) => message as IncomingMessage)
    const first = await Promise.race([answered, failure])
    if (first instanceof Error) throw first
    const bytes = await buffer(first)
    const decode = bytes.length ? DECODERS[first.headers['content-encoding'] ?? ''] : undefined
    return { status: first.statusCode!, headers: first.headers, text: (decode?.(bytes) ?? bytes).toString() }
  }

  close() {
    this.#agent.destroy()
  }
}

/** The same request for a shell. `$ORIGIN` and `$TOKEN` are the reader's. */
export function asCurl({ method, address, headers, body }: Request): string {
  const shown = Object.entries(headers).map(([name, value]) =>
    name === 'authorization' && value.length > 20
      ? `-H "authorization: ${value.split(' ')[0]} $TOKEN"`
      : `-H ${quoted(`${name}: ${value}`)}`
  )
  const data = body ? [`--data-binary ${quoted(body.toString('latin1'))}`] : []
  return ['curl -i -g --path-as-is', `-X ${method}`, ...shown, ...data, `"$ORIGIN"${quoted(address)}`].join(' ')
}

/** For bash: what is not plain text as \\xHH. No argument holds a NUL; that one is for the reader to put in. */
function quoted(text: string): string {
  const escaped = text.replaceAll(/[^ -~]|[\\']/g, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`)
  return escaped === text ? `'${text}'` : `$'${escaped}'`
}
