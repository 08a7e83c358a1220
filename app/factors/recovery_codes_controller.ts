import type { HttpContext } from '@adonisjs/core/http'
import { callerFrom } from '#app/http/caller_from'
import { answerFactorChange } from '#app/http/factor_change_answer'
import { renewRecoveryCodes } from '#app/factors/renew_recovery_codes'

export default class RecoveryCodesController {
  async store(ctx: HttpContext) {
    const change = await renewRecoveryCodes(callerFrom(ctx), ctx.request.body())
    ctx.response.status(renewRecoveryCodes.status)
    return answerFactorChange(ctx, change)
  }
}
