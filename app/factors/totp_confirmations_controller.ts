import type { HttpContext } from '@adonisjs/core/http'
import { callerFrom } from '#app/http/caller_from'
import { answerFactorChange } from '#app/http/factor_change_answer'
import { confirmTotp } from '#app/factors/confirm_totp'

export default class TotpConfirmationsController {
  async store(ctx: HttpContext) {
    return answerFactorChange(ctx, await confirmTotp(callerFrom(ctx), ctx.request.body()))
  }
}
