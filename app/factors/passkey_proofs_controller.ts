import type { HttpContext } from '@adonisjs/core/http'
import type { Caller } from '#app/core/caller'
import { confirmByPasskey } from '#app/factors/confirm_by_passkey'
import { signInByPasskey } from '#app/factors/sign_in_by_passkey'
import { anonymousCaller, callerFrom } from '#app/http/caller_from'
import { answerSession } from '#app/http/session_answer'
import { requireCookieName, sessionValueOf } from '#app/http/session_cookie'
import { verifySession } from '#app/sessions/verify_session'

/** Who has asked a device brings what it signed: to sign in, or to confirm that it is still them. */
export default class PasskeyProofsController {
  async signIn(ctx: HttpContext) {
    requireCookieName(ctx)
    const begun = await signInByPasskey(await visitorOf(ctx), ctx.request.body())
    ctx.response.status(signInByPasskey.status)
    return answerSession(ctx, begun)
  }

  async confirmation(ctx: HttpContext) {
    return answerSession(ctx, await confirmByPasskey(callerFrom(ctx), ctx.request.body()))
  }
}

/** Whoever comes, with the session that their browser has so far, which the new one replaces. */
async function visitorOf(ctx: HttpContext): Promise<Caller> {
  const value = sessionValueOf(ctx)
  const signedIn = value ? await verifySession(value) : null
  const caller = anonymousCaller(ctx)
  return signedIn ? { ...caller, user: signedIn.user } : caller
}
