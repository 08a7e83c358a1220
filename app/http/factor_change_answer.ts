import type { HttpContext } from '@adonisjs/core/http'
import { one } from '#app/http/answer'
import { setSessionCookie } from '#app/http/session_cookie'
import { FactorChangeTransformer } from '#app/factors/factor_transformer'
import type { FactorChange } from '#app/factors/own_factors'
import { csrfTokenOf } from '#app/sessions/session_value'

/** What a change of the own factors leaves; the browser is handed the session that goes on. */
export async function answerFactorChange(ctx: HttpContext, change: FactorChange): Promise<object> {
  const value = change.own.value!
  setSessionCookie(ctx, value)
  return one(ctx, FactorChangeTransformer.transform({ ...change, csrfToken: csrfTokenOf(value) }))
}
