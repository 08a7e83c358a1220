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
}

/** By fetch. Cookies stay out of it: a device has one credential. */
export function fetchTransport({ credential, language, origin = '' }: Door): Transport {
  async function call(path: string, init: RequestInit = {}): Promise<Response> {
    const headers: Record<string, string> = { 'Accept-Language': language() }
    const value = await credential()
    if (value) headers.Authorization = `Device ${value}`
    if (init.body) headers['Content-Type'] = 'application/json'
    return reached(fetch(`${origin}/api/v1/${path}`, { ...init, headers, credentials: 'omit', cache: 'no-store' }))
  }
  return {
    async exchange(request) {
      const answer = await call('sync', { method: 'POST', body: JSON.stringify(request) })
      return bodyOf<SyncAnswer | ProblemBody>(answer)
    },
    async *load(query) {
      const answer = await call(`sync/bootstrap${searchOf(query)}`)
      if (!answer.ok || !answer.body) throw new LoadRefused(await bodyOf<ProblemBody>(answer))
      yield* linesOf(answer.body)
    },
  }
}

/** A proxy in between answers something else than JSON: it is as if nobody had answered. */
async function bodyOf<T>(answer: Response): Promise<T> {
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
export async function* linesOf(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncIterable<BootstrapLine> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  try {
    for (;;) {
      const { done, value } = await reached(reader.read())
      if (done) return
      const lines = (rest + value).split('\n')
      rest = lines.pop()!
      for (const line of lines) if (line) yield JSON.parse(line) as BootstrapLine
    }
  } finally {
    await reader.cancel().catch(() => {})
  }
}
