import type { HttpContext } from '@adonisjs/core/http'
import { callerFrom } from '#app/http/caller_from'
import { pull, refuseOutdated } from '#app/sync/pull'
import { readCall } from '#app/sync/push'
import { answerData } from '#app/sync/sync_answer_transformer'
import type { DeviceUser } from '#app/sync/verify_device'

export default class SyncController {
  async store(ctx: HttpContext) {
    const caller = { ...callerFrom(ctx), via: 'sync' as const }
    const call = await readCall(ctx.request.body(), ctx.actor as DeviceUser)
    await refuseOutdated(caller, call)
    return answerData([], await pull(caller, call))
  }
}
