import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { HttpContext } from '@adonisjs/core/http'
import { verifyNow } from '#app/anchors/prove_audit'
import { findingSentence, noticeSentence, type SayOfAudit } from '#app/audit/audit_words'
import { exportAudit } from '#app/audit_exports/export_audit'
import { now } from '#app/core/clock'
import { findText } from '#app/core/find_text'
import { NotFound } from '#app/core/problem'
import type { BackOfficeUser } from '#admin/back_office_user'
import { noticeOf } from '#admin/notice'
import { IMPORT_STREAMS } from '#admin/import_streams'
import { exportInput } from '#admin/resources/audit_proof'
import type { Stream } from '#admin/stream'

/** Answers that are too long for a form: they are written while they are made. */
export function streamOf({ request }: HttpContext): Stream {
  const stream = STREAMS[`${request.method()} ${request.url()}`]
  if (!stream) throw new NotFound('route_not_found')
  return stream
}

const STREAMS: Record<string, Stream> = {
  'GET /admin/streams/audit_export': giveExport,
  'POST /admin/streams/audit_verification': giveVerification,
  ...IMPORT_STREAMS,
}

/** A file that goes to the disk as it is read: the database is asked for more once the line has taken what was read. */
async function giveExport({ request, response }: HttpContext, { caller }: BackOfficeUser) {
  const asked = exportInput(request.qs() as Record<string, string>)
  const { chunks } = await exportAudit(caller, asked)
  const format = asked.format === 'csv' ? 'csv' : 'ndjson'
  const name = `audit-${now().toISOString().slice(0, 19).replaceAll(/[:T]/g, '-')}.${format}`
  response.header('Content-Type', format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson')
  response.header('Content-Disposition', `attachment; filename="${name}"`).header('Cache-Control', 'no-store')
  response.relayHeaders()
  await sendChunks(chunks, response.response)
}

/** Errors: none, as half an answer has nowhere to say them: the line is cut, so that nobody takes it for a whole one. */
export async function sendChunks(chunks: AsyncIterable<string>, answer: NodeJS.WritableStream) {
  await pipeline(Readable.from(chunks), answer).catch(() => {})
}

/* As many pages of five thousand rows as a slow line takes. */
const TOLD_EVERY_MS = 200
const SHOWN = 200

/** One after the other: each reads the whole audit. */
let before: Promise<unknown> = Promise.resolve()

/** A line of JSON for how far it is, now and then, and one for what was found. */
async function giveVerification({ response }: HttpContext, { caller, language }: BackOfficeUser) {
  const answer = response.response as typeof response.response & { flush?: () => void }
  response.header('Content-Type', 'application/x-ndjson').header('Cache-Control', 'no-store')
  response.header('X-Accel-Buffering', 'no').relayHeaders()
  const tell = (line: object) => {
    if (answer.destroyed) return
    answer.write(`${JSON.stringify(line)}\n`)
    answer.flush?.()
  }
  let toldAt = -Infinity
  const turn = before.then(() =>
    verifyNow(caller, {}, (progress) => {
      if (performance.now() - toldAt < TOLD_EVERY_MS) return
      toldAt = performance.now()
      tell(progress)
    })
  )
  before = turn.catch(() => {})
  try {
    tell({ result: wordsOf(await turn, language) })
  } catch (error) {
    if (!answer.headersSent) throw error
    tell({ refusal: noticeOf(error, language).notice.message })
  }
  answer.end()
}

function wordsOf(verified: Awaited<ReturnType<typeof verifyNow>>, language: 'fr' | 'en') {
  const say: SayOfAudit = (key, values = {}) => findText('cli', key, values, language) ?? key
  const { count, findings, notices, rows, size, checkpoints, unsealed, vkeys } = verified
  const more = (of: unknown[], all: number) => (all > of.length ? [say('audit.more', { count: all - of.length })] : [])
  const [told, noted] = [findings.slice(0, SHOWN), notices.slice(0, SHOWN)]
  return {
    isSound: count === 0,
    verdict: count ? say('audit.unsound', { count }) : say('audit.sound'),
    findings: [...told.map((finding) => findingSentence(finding, say)), ...more(told, findings.length)],
    notices: [...noted.map((notice) => noticeSentence(notice, say)), ...more(noted, notices.length)],
    about: [
      say('audit.read', { rows, size, checkpoints }),
      ...(unsealed ? [say('audit.unsealed', { rows: unsealed })] : []),
      say('audit.key', { vkey: vkeys.at(-1) }),
    ],
  }
}
