import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import type { ServerResponse } from 'node:http'
import type { HttpContext } from '@adonisjs/core/http'
import type { Caller } from '#app/core/caller'
import { loggable } from '#app/core/loggable'
import { callerFrom } from '#app/http/caller_from'
import { beginLoad, CHARTS_AT_ONCE, loadCharts, type Load } from '#app/sync/bootstrap'
import { bootstrapLines, toLine } from '#app/sync/sync_transformer'

export default class BootstrapController {
  /** Whoever goes away ends the work: the stream is destroyed, and no further chart is read. */
  async show(ctx: HttpContext) {
    const { request, response, logger } = ctx
    const caller: Caller = { ...callerFrom(ctx), via: 'sync' }
    const load = await beginLoad(caller, request.qs())
    response.header('content-type', 'application/x-ndjson; charset=utf-8')
    flushEach(response.response)
    const onCut = (error: unknown) => logger.error({ err: loggable(error) }, 'a load of charts was cut')
    response.stream(Readable.from(request.method() === 'HEAD' ? [] : linesOf(caller, load, onCut)))
  }
}

/** A failure cuts the answer before its last line, by which the device knows that charts are missing. */
async function* linesOf(caller: Caller, load: Load, onCut: (error: unknown) => void) {
  yield toLine(bootstrapLines.begin(load))
  for (let from = 0; from < load.patients.length; from += CHARTS_AT_ONCE) {
    const patients = load.patients.slice(from, from + CHARTS_AT_ONCE)
    const charts = await loadCharts(caller, { patients }).catch((error: unknown) => {
      onCut(error)
      throw error
    })
    yield charts.map((chart) => toLine(bootstrapLines.chart(chart))).join('')
    // SQLite answers without a pause, in which others' requests, and that this one was given up, would be heard.
    await setImmediate()
  }
  yield toLine(bootstrapLines.end())
}

/** Packing would keep lines back until it has enough of them; a phone shows the first charts while the others come. */
function flushEach(response: ServerResponse & { flush?: () => void }) {
  response.once('pipe', (lines) => lines.on('data', () => response.flush?.()))
}
