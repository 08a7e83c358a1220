import type { HttpContext } from '@adonisjs/core/http'
import { callerFrom } from '#app/http/caller_from'
import { answerSession } from '#app/http/session_answer'
import { proveSecondFactor } from '#app/factors/prove_second_factor'

export default class SecondFactorsController {
  async store(ctx: HttpContext) {
    return answerSession(ctx, await proveSecondFactor(callerFrom(ctx), ctx.request.body()))
  }
}
