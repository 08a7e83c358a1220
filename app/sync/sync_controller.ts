import type { HttpContext } from '@adonisjs/core/http'
import { loggable } from '#app/core/loggable'
import { Problem } from '#app/core/problem'
import { callerFrom } from '#app/http/caller_from'
import { problemBody } from '#app/http/problem_body'
import { applyMutation } from '#app/sync/apply_mutation'
import { pull, refuseOutdated } from '#app/sync/pull'
import { push, readCall, statusOf } from '#app/sync/push'
import { answerData } from '#app/sync/sync_answer_transformer'
import { readSyncCursor } from '#app/sync/sync_position'
import { noteCursor, type DeviceUser } from '#app/sync/verify_device'

const AGAIN_IN_SECONDS = '5'

export default class SyncController {
  /** First all that the device brings, then what has changed for it. With one mutation the answer has that one's status. */
  async store(ctx: HttpContext) {
    const { device } = ctx.actor as DeviceUser
    const caller = { ...callerFrom(ctx), via: 'sync' as const }
    const call = await readCall(ctx.request.body(), ctx.actor as DeviceUser)
    await refuseOutdated(caller, call)
    const say = (error: unknown) => this.say(error, ctx)
    const results = await push(caller, call.mutations, { apply: applyMutation, say })
    const pulled = await pull(caller, call)
    if (call.cursor !== null) noteCursor(device, readSyncCursor(call.cursor).seq)
    const [only] = results
    if (only && results.length === 1) ctx.response.status(statusOf(only))
    if (results.some(({ status }) => status === 'retry')) ctx.response.header('Retry-After', AGAIN_IN_SECONDS)
    return answerData(results, pulled)
  }

  private say(error: unknown, ctx: HttpContext) {
    if (!(error instanceof Problem)) ctx.logger.error({ err: loggable(error) }, 'unexpected error in a mutation')
    return { ...problemBody(error, ctx.locale ?? 'fr', ctx.request.id()) }
  }
}
