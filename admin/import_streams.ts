import { setTimeout as sleep } from 'node:timers/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { HttpContext } from '@adonisjs/core/http'
import { isAudited } from '#app/core/audited'
import { Invalid, Refused } from '#app/core/problem'
import { fetchRejects } from '#app/imports/fetch_rejects'
import { ImportInterrupted } from '#app/imports/import_problems'
import { importUpload, rehearseUpload } from '#app/imports/import_upload'
import { checkMappingText, followImport } from '#app/imports/open_desk'
import { PART_BYTES } from '#app/imports/part_size'
import { receivePart } from '#app/imports/receive_part'
import { shownReport } from '#app/imports/report'
import { beginUpload, discardUpload } from '#app/imports/uploads'
import type { BackOfficeUser } from '#admin/back_office_user'
import { bodyOf, jsonOf } from '#admin/body'
import { refusalOf, wordsOfProblem } from '#admin/import_words'
import type { Stream } from '#admin/stream'

/** What the page of imports asks: files by parts, trials and progress as lines of JSON, what was not taken as files. */
export const IMPORT_STREAMS: Record<string, Stream> = {
  'POST /admin/streams/import_upload': answered(async ({ caller }, ctx) => beginUpload(caller, await jsonOf(ctx))),
  'POST /admin/streams/import_part': answered(async ({ caller }, ctx) => {
    const { upload = '', file = '', at = '' } = ctx.request.qs() as Record<string, string>
    if (!/^\d{1,12}$/.test(at)) throw new Invalid([{ pointer: '/at', code: 'number' }])
    const bytes = await bodyOf(ctx, PART_BYTES)
    return { received: await receivePart(caller, { upload, file, at: Number(at) }, bytes) }
  }),
  'POST /admin/streams/import_discard': answered(async ({ caller }, ctx) => discardUpload(caller, await jsonOf(ctx))),
  'POST /admin/streams/import_mapping': answered(async ({ caller }, ctx) =>
    checkMappingText(caller, await jsonOf(ctx))
  ),
  'POST /admin/streams/import_start': answered(async ({ caller, language }, ctx) => {
    const { uuid } = await importUpload(caller, { ...(await jsonOf(ctx)), language })
    return { job: uuid }
  }),
  'POST /admin/streams/import_trial': giveTrial,
  'GET /admin/streams/import_progress': giveProgress,
  'GET /admin/streams/import_rejects': giveRejects,
}

/** One answer, or why not, in the reader's language. */
function answered(ask: (user: BackOfficeUser, ctx: HttpContext) => Promise<object>): Stream {
  return async (ctx, user) => {
    try {
      give(ctx, 200, await ask(user, ctx))
    } catch (error) {
      refuse(ctx, user, error)
    }
  }
}

/** Errors: whoever may not, and no gate has told of it, is told of by the door. */
function refuse(ctx: HttpContext, { language }: BackOfficeUser, error: unknown) {
  const isRule = error instanceof Refused || error instanceof ImportInterrupted
  if (!isAudited(error) && !isRule) throw error
  const { status, body } = refusalOf(error, language)
  give(ctx, status, body)
}

function give({ response }: HttpContext, status: number, body: object) {
  response.status(status).header('Cache-Control', 'no-store').json(body)
}

/** A line of JSON at a time; nothing has been sent before the first. */
function linesTo({ response }: HttpContext) {
  const answer = response.response as typeof response.response & { flush?: () => void }
  const tell = (line: object) => {
    if (answer.destroyed) return
    if (!answer.headersSent) {
      response.header('Content-Type', 'application/x-ndjson').header('Cache-Control', 'no-store')
      response.header('X-Accel-Buffering', 'no').relayHeaders()
    }
    answer.write(`${JSON.stringify(line)}\n`)
    answer.flush?.()
  }
  return { answer, tell }
}

class NobodyWaits extends Error {}

async function giveTrial(ctx: HttpContext, user: BackOfficeUser) {
  const choice = await jsonOf(ctx)
  const { answer, tell } = linesTo(ctx)
  try {
    const report = await rehearseUpload(user.caller, choice as { upload: string }, ({ bytesRead, bytesTotal }) => {
      if (answer.destroyed) throw new NobodyWaits()
      tell({ done: bytesRead, total: bytesTotal })
    })
    const { rows_read: rows, rejected, remarks } = report
    tell({ report: { ...shownReport(report), rows, rejected, remarks } })
  } catch (error) {
    if (!answer.headersSent && !answer.destroyed) return refuse(ctx, user, error)
    if (!answer.destroyed) tell(refusalOf(error, user.language).body)
  }
  answer.end()
}

const EVERY_MS = 1_000
/* The page asks again then, so that whoever may not any more is told. */
const LONGEST_MS = 60_000

async function giveProgress(ctx: HttpContext, { caller, language }: BackOfficeUser) {
  const { look } = await followImport(caller, { job: (ctx.request.qs() as { job?: string }).job })
  const { answer, tell } = linesTo(ctx)
  const until = performance.now() + LONGEST_MS
  try {
    for (;;) {
      const told = await look()
      tell({ ...told, problem: told.problem && wordsOfProblem(told.problem, language) })
      const isOver = !['waiting', 'running'].includes(told.state)
      if (isOver || answer.destroyed || performance.now() > until) break
      await sleep(EVERY_MS)
    }
  } catch (error) {
    if (!answer.headersSent) throw error
    // The line is cut, and the page asks again.
    answer.destroy()
  }
  answer.end()
}

async function giveRejects({ request, response }: HttpContext, { caller }: BackOfficeUser) {
  const { run, file } = request.qs() as { run?: string; file?: string }
  const found = await fetchRejects(caller, { run, file })
  const name = found.file.name.replaceAll('/', '-').replaceAll(/[^\w.-]/g, '_')
  response.header('Content-Type', 'text/csv').header('Cache-Control', 'no-store')
  response.header('Content-Disposition', `attachment; filename="${name}"`).relayHeaders()
  // Half a file has nowhere to say so: the line is cut.
  await pipeline(Readable.from(found.chunks), response.response).catch(() => {})
}
