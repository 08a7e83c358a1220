import { linesOf } from './lines.js'
import { csrfToken } from './session.js'

/** Whose texts the parts of the page say. */
export const PAGE = 'imports'

/* As the server takes them. */
const PART = 1024 * 1024

export interface SentFile {
  id: string
  name: string
  bytes: number
  received: number
}

/** What is asked of the server to try or to import. */
export interface Choice {
  upload: string
  mapping: string
  text?: string
  files: { file: string; entry: string }[]
}

/** Why the server will not, in the reader's language. */
export class ImportRefused extends Error {}

const address = (name: string) => `/admin/streams/import_${name}`

async function post(path: string, body: Blob | object): Promise<Response> {
  const isBlob = body instanceof Blob
  const answer = await fetch(path, {
    method: 'POST',
    headers: {
      'X-XSRF-TOKEN': csrfToken(),
      'Accept-Language': document.documentElement.lang,
      'Content-Type': isBlob ? 'application/octet-stream' : 'application/json',
    },
    body: isBlob ? body : JSON.stringify(body),
  })
  if (!answer.ok) throw await refusalIn(answer)
  return answer
}

async function refusalIn(answer: Response): Promise<ImportRefused> {
  const told = (await answer.json()) as { refusal?: string; detail?: string; title?: string }
  return new ImportRefused(told.refusal ?? told.detail ?? told.title ?? answer.statusText)
}

async function ask<T>(name: string, body: object): Promise<T> {
  const answer = await post(address(name), body)
  return (await answer.json()) as T
}

/** Sends a file by parts into an upload, or into a new one. Errors: ImportRefused; what was sent of it is taken back. */
export async function sendFile(
  file: File,
  upload: string | null,
  onProgress: (sent: number) => void
): Promise<{ upload: string; file: SentFile }> {
  const begun = await ask<{ upload: string; file: string }>('upload', {
    ...(upload ? { upload } : {}),
    name: file.name,
    bytes: file.size,
  })
  try {
    for (let at = 0; at < file.size; at += PART) {
      const query = new URLSearchParams({ upload: begun.upload, file: begun.file, at: String(at) })
      await post(`${address('part')}?${query.toString()}`, file.slice(at, at + PART))
      onProgress(Math.min(at + PART, file.size))
    }
  } catch (error) {
    await discard(begun.upload, begun.file).catch(() => {})
    throw error
  }
  return {
    upload: begun.upload,
    file: { id: begun.file, name: file.name, bytes: file.size, received: file.size },
  }
}

export const discard = (upload: string, file: string) => ask('discard', { upload, file })

export async function checkMapping(text: string): Promise<string[]> {
  const { files } = await ask<{ files: string[] }>('mapping', { text })
  return files
}

export async function startImport(choice: Choice): Promise<string> {
  const { job } = await ask<{ job: string }>('start', choice)
  return job
}

/** Lines of JSON, until the last. */
export async function* tryImport(choice: Choice): AsyncGenerator<Record<string, unknown>> {
  yield* linesOf(await post(address('trial'), choice))
}

export interface JobState {
  state: 'waiting' | 'running' | 'done' | 'failed'
  done: number
  total: number | null
  run: string | null
  problem: string | null
}

const CALM_MS = 2_000

/** How far a job is, each second, until it is over. A line that is cut is asked for again. */
export async function* followJob(job: string, signal: AbortSignal): AsyncGenerator<JobState> {
  while (!signal.aborted) {
    try {
      const answer = await fetch(`${address('progress')}?job=${job}`, { signal })
      if (!answer.ok) throw await refusalIn(answer)
      for await (const line of linesOf(answer)) {
        const told = line as unknown as JobState
        yield told
        if (told.state === 'done' || told.state === 'failed') return
      }
    } catch (error) {
      if (error instanceof ImportRefused) throw error
      await new Promise((resolve) => setTimeout(resolve, CALM_MS))
    }
  }
}
