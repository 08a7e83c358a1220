import type { HttpContext } from '@adonisjs/core/http'
import { one } from '#app/http/answer'
import { callerFrom } from '#app/http/caller_from'
import { answerFactorChange } from '#app/http/factor_change_answer'
import { beginTotp } from '#app/factors/begin_totp'
import { NewTotpTransformer } from '#app/factors/factor_transformer'
import { removeTotp } from '#app/factors/remove_totp'

export default class TotpController {
  async store(ctx: HttpContext) {
    const shown = await beginTotp(callerFrom(ctx), ctx.request.body())
    ctx.response.status(beginTotp.status)
    return one(ctx, NewTotpTransformer.transform(shown))
  }

  async destroy(ctx: HttpContext) {
    return answerFactorChange(ctx, await removeTotp(callerFrom(ctx), ctx.request.body()))
  }
}
