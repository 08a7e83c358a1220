import { Problem } from '#app/core/problem'
import { toProblem } from '#app/core/to_problem'
import { inOwnTransaction } from '#app/core/transaction'
import { importSent } from '#app/imports/import_sent'
import { ImportInterrupted, runImport, type ImportOptions, type Progress } from '#app/imports/run_import'
import { rowSentence } from '#app/imports/row_sentence'
import type { Note } from '#app/imports/notes'
import type { Staged } from '#app/imports/staged_upload'
import type { JobKind, RunningJob } from '#app/jobs/job_kind'

/** Files that lie on the server's machine, or what was sent to it by the back office. */
type Payload = (Pick<ImportOptions, 'mapping' | 'path' | 'as' | 'rejects'> | (Staged & { upload: string })) & {
  /** In which the reasons of rejected rows are written. */
  language?: 'fr' | 'en'
}

/** The import's run, once it has ended. */
type Position = { run: string } | null

const TOLD_EVERY_MS = 1_000

/** An import in the background. One that is broken off is completed from its beginning: what is there is not written again. */
const importJob: JobKind<Payload, Position> = {
  kind: 'imports.run',
  async run(job) {
    const { language = 'fr', ...given } = job.payload
    try {
      const sentence = ({ code, params }: Note) => rowSentence(code, params, language)
      const run = (options: ImportOptions) => runImport(job.caller, { ...options, sentence, onProgress: telling(job) })
      const report = 'upload' in given ? await importSent(given, run) : await run(given)
      const size = { done: report.rows_read, total: report.rows_read }
      await inOwnTransaction(({ client }) => job.advance(client, { position: { run: report.run_id }, ...size }))
    } catch (error) {
      throw reasonOf(error)
    }
  },
}

export default importJob

/** Bytes of the files, once a second; stops the import where the job is not ours any more or the server ends. */
function telling(job: RunningJob<Payload, Position>) {
  let toldAt = 0
  return async ({ bytesRead, bytesTotal }: Progress) => {
    job.signal.throwIfAborted()
    if (performance.now() - toldAt < TOLD_EVERY_MS) return
    toldAt = performance.now()
    const step = { position: null, done: bytesRead, total: bytesTotal }
    await inOwnTransaction(({ client }) => job.advance(client, step))
  }
}

/** A refusal that ended it in the middle ends the job; anything else may be gone at the next attempt. */
function reasonOf(error: unknown): unknown {
  const cause = error instanceof ImportInterrupted ? toProblem(error.cause) : error
  return cause instanceof Problem ? cause : error
}
