import type { HttpContext } from '@adonisjs/core/http'
import { many, one } from '#app/http/answer'
import { callerFrom } from '#app/http/caller_from'
import { queryOf } from '#app/http/sparse'
import BrowserSessionTransformer, { EndedSessionsTransformer } from '#app/sessions/browser_session_transformer'
import { endSessionsOf } from '#app/sessions/end_sessions'
import { listSessionsOf } from '#app/sessions/list_sessions'

export default class UserSessionsController {
  async index(ctx: HttpContext) {
    const page = await listSessionsOf(callerFrom(ctx), { ...queryOf(ctx), user: ctx.params.user })
    return many(ctx, BrowserSessionTransformer.transform(page.rows), page)
  }

  async destroy(ctx: HttpContext) {
    const ended = await endSessionsOf(callerFrom(ctx), { ...ctx.request.body(), user: ctx.params.user })
    return one(ctx, EndedSessionsTransformer.transform(ended))
  }
}
