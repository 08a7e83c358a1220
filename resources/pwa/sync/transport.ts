import type { BootstrapLine, ProblemBody, SyncAnswer, SyncRequest } from '#app/sync/protocol'

/** Which charts a load brings; all where nothing is said. */
export interface LoadQuery {
  after?: string
  patients?: string[]
  today?: { from: string; to: string }
}

/** The way to the server. Errors of both: NoNetwork. */
export interface Transport {
  exchange(request: SyncRequest): Promise<SyncAnswer | ProblemBody>
  /** Errors: LoadRefused. A stream that is cut fails, or ends without its `end`. */
  load(query: LoadQuery): AsyncIterable<BootstrapLine>
}

/** Nobody answered, or not to the end. */
export class NoNetwork extends Error {}

export class LoadRefused extends Error {
  constructor(readonly problem: ProblemBody) {
    super(problem.code)
  }
}

export const isAnswer = (body: SyncAnswer | ProblemBody): body is SyncAnswer => Array.isArray(body.results)

interface Door {
  /** The device's credential; null where there is none. */
  credential: () => Promise<string | null>
  language: () => string
  /** Where the server is; the page's own where nothing is said. */
  origin?: string
  /** Milliseconds without a sign of life after which a line is cut, though the browser would wait on. */
  patience?: number
}

/** Two mebibytes take as long at 60 kbit/s. */
const PATIENCE = 300_000

/** By fetch. Cookies stay out of it: a device has one credential. */
export function fetchTransport({ credential, language, origin = '', patience = PATIENCE }: Door): Transport {
  async function call(path: string, init: RequestInit = {}): Promise<Response> {
    const headers: Record<string, string> = { 'Accept-Language': language() }
    const value = await credential()
    if (value) headers.Authorization = `Device ${value}`
    if (init.body) headers['Content-Type'] = 'application/json'
    return reached(fetch(`${origin}/api/v1/${path}`, { ...init, headers, credentials: 'omit', cache: 'no-store' }))
  }
  return {
    async exchange(request) {
      const signal = AbortSignal.timeout(patience)
      const answer = await call('sync', { method: 'POST', body: JSON.stringify(request), signal })
      return bodyOf<SyncAnswer | ProblemBody>(answer)
    },
    async *load(query) {
      const line = new AbortController()
      const awaited: Awaited = (work) => {
        const timer = setTimeout(() => line.abort(), patience)
        return work.finally(() => clearTimeout(timer))
      }
      const answer = await awaited(call(`sync/bootstrap${searchOf(query)}`, { signal: line.signal }))
      if (!answer.ok || !answer.body) throw new LoadRefused(await bodyOf<ProblemBody>(answer))
      yield* linesOf(answer.body, awaited)
    },
  }
}

/** Ends a piece of work that takes too long; between two of them whoever asked may take their time. */
type Awaited = <T>(work: Promise<T>) => Promise<T>

const TOO_LARGE: ProblemBody = { type: 'about:blank', title: 'Content Too Large', status: 413, code: 'too_large' }

/**
 * A proxy in between answers something else than JSON: it is as if nobody had answered, but for a call that is too large,
 * which would be so for ever.
 */
async function bodyOf<T>(answer: Response): Promise<T> {
  const isJson = /\bjson\b/.test(answer.headers.get('content-type') ?? '')
  if (answer.status === 413 && !isJson) return TOO_LARGE as T
  const body = await reached(answer.json() as Promise<unknown>)
  if (typeof body !== 'object' || body === null || !('results' in body || 'code' in body))
    throw new NoNetwork(`An answer that is not the server’s: ${answer.status}`)
  return body as T
}

function reached<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    throw new NoNetwork(String(error), { cause: error })
  })
}

function searchOf({ after, patients, today }: LoadQuery): string {
  const search = new URLSearchParams()
  if (after) search.set('after', after)
  if (patients) search.set('patients', patients.join(','))
  if (today) search.set('today_from', today.from)
  if (today) search.set('today_to', today.to)
  return search.size ? `?${search}` : ''
}

/** Newline-delimited JSON. */
async function* linesOf(body: ReadableStream<Uint8Array<ArrayBuffer>>, awaited: Awaited): AsyncIterable<BootstrapLine> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  try {
    for (;;) {
      const { done, value } = await reached(awaited(reader.read()))
      if (done) return
      const lines = (rest + value).split('\n')
      rest = lines.pop()!
      for (const line of lines) if (line) yield JSON.parse(line) as BootstrapLine
    }
  } finally {
    await reader.cancel().catch(() => {})
  }
}
