import type { HttpContext } from '@adonisjs/core/http'
import { one } from '#app/http/answer'
import { setSessionCookie } from '#app/http/session_cookie'
import OwnSessionTransformer from '#app/sessions/session_transformer'
import type { OwnSession } from '#app/sessions/own_session'
import { csrfTokenOf } from '#app/sessions/session_value'

/** A session as its own browser sees it; where it has a new value, the browser is handed that. */
export async function answerSession(ctx: HttpContext, own: OwnSession): Promise<object> {
  if (own.value) setSessionCookie(ctx, own.value)
  const csrfToken = csrfTokenOf(own.value ?? ctx.sessionValue!)
  return one(ctx, OwnSessionTransformer.transform({ ...own, csrfToken }))
}
