import type { HttpContext } from '@adonisjs/core/http'
import { many, one } from '#app/http/answer'
import { callerFrom } from '#app/http/caller_from'
import { clearSessionCookie } from '#app/http/session_cookie'
import { queryOf } from '#app/http/sparse'
import BrowserSessionTransformer, { EndedSessionsTransformer } from '#app/sessions/browser_session_transformer'
import { endOtherSessions, endOwnSession } from '#app/sessions/end_sessions'
import { listOwnSessions } from '#app/sessions/list_sessions'

export default class OwnSessionsController {
  async index(ctx: HttpContext) {
    const page = await listOwnSessions(callerFrom(ctx), queryOf(ctx))
    return many(ctx, BrowserSessionTransformer.transform(page.rows), page)
  }

  async destroy(ctx: HttpContext) {
    const ended = await endOwnSession(callerFrom(ctx), { ...ctx.request.body(), id: ctx.params.id })
    if (ended.isCurrent) clearSessionCookie(ctx)
    return one(ctx, BrowserSessionTransformer.transform(ended))
  }

  async destroyOthers(ctx: HttpContext) {
    return one(ctx, EndedSessionsTransformer.transform(await endOtherSessions(callerFrom(ctx), ctx.request.body())))
  }
}
