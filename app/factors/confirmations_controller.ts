import type { HttpContext } from '@adonisjs/core/http'
import { callerFrom } from '#app/http/caller_from'
import { answerSession } from '#app/http/session_answer'
import { confirmPerson } from '#app/factors/confirm_person'

export default class ConfirmationsController {
  async store(ctx: HttpContext) {
    return answerSession(ctx, await confirmPerson(callerFrom(ctx), ctx.request.body()))
  }
}
