import type { HttpContext } from '@adonisjs/core/http'
import { confirmByPasskey } from '#app/passkeys/confirm_by_passkey'
import { signInByPasskey } from '#app/passkeys/sign_in_by_passkey'
import { anonymousCaller, callerFrom } from '#app/http/caller_from'
import { endFormerSession } from '#app/http/former_session'
import { answerSession } from '#app/http/session_answer'
import { requireCookieName } from '#app/http/session_cookie'

/** Who has asked a device brings what it signed: to sign in, or to confirm that it is still them. */
export default class PasskeyProofsController {
  async signIn(ctx: HttpContext) {
    requireCookieName(ctx)
    const begun = await signInByPasskey(anonymousCaller(ctx), ctx.request.body())
    await endFormerSession(ctx)
    ctx.response.status(signInByPasskey.status)
    return answerSession(ctx, begun)
  }

  async confirmation(ctx: HttpContext) {
    return answerSession(ctx, await confirmByPasskey(callerFrom(ctx), ctx.request.body()))
  }
}
