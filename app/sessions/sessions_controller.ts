import type { HttpContext } from '@adonisjs/core/http'
import { anonymousCaller, callerFrom } from '#app/http/caller_from'
import { endFormerSession } from '#app/http/former_session'
import { answerSession } from '#app/http/session_answer'
import { clearSessionCookie, requireCookieName } from '#app/http/session_cookie'
import { queryOf } from '#app/http/sparse'
import { openOwnSession, signOut } from '#app/sessions/own_session'
import { signIn } from '#app/sessions/sign_in'

export default class SessionsController {
  async store(ctx: HttpContext) {
    requireCookieName(ctx)
    const begun = await signIn(anonymousCaller(ctx), ctx.request.body())
    await endFormerSession(ctx)
    ctx.response.status(signIn.status).header('Location', '/api/v1/session')
    return answerSession(ctx, begun)
  }

  async show(ctx: HttpContext) {
    return answerSession(ctx, await openOwnSession(callerFrom(ctx), queryOf(ctx)))
  }

  async destroy(ctx: HttpContext) {
    const ended = await signOut(callerFrom(ctx), ctx.request.body())
    const answer = await answerSession(ctx, ended)
    clearSessionCookie(ctx)
    return answer
  }
}
