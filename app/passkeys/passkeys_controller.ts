import type { HttpContext } from '@adonisjs/core/http'
import { addPasskey } from '#app/passkeys/add_passkey'
import { listPasskeys } from '#app/passkeys/find_passkeys'
import PasskeyTransformer, { AddedPasskeyTransformer } from '#app/passkeys/passkey_transformer'
import { removePasskey } from '#app/passkeys/remove_passkey'
import { renamePasskey } from '#app/passkeys/rename_passkey'
import { many, one } from '#app/http/answer'
import { callerFrom } from '#app/http/caller_from'
import { answerFactorChange } from '#app/http/factor_change_answer'
import { setSessionCookie } from '#app/http/session_cookie'
import { queryOf } from '#app/http/sparse'
import { csrfTokenOf } from '#app/sessions/session_value'

/** The own passkeys. */
export default class PasskeysController {
  async index(ctx: HttpContext) {
    const page = await listPasskeys(callerFrom(ctx), queryOf(ctx))
    return many(ctx, PasskeyTransformer.transform(page.rows), page)
  }

  async store(ctx: HttpContext) {
    const added = await addPasskey(callerFrom(ctx), ctx.request.body())
    const value = added.own.value!
    setSessionCookie(ctx, value)
    ctx.response.status(addPasskey.status)
    return one(ctx, AddedPasskeyTransformer.transform({ ...added, csrfToken: csrfTokenOf(value) }))
  }

  async update(ctx: HttpContext) {
    const passkey = await renamePasskey(callerFrom(ctx), { ...ctx.request.body(), id: ctx.params.id })
    return one(ctx, PasskeyTransformer.transform(passkey))
  }

  async destroy(ctx: HttpContext) {
    const change = await removePasskey(callerFrom(ctx), { ...ctx.request.body(), id: ctx.params.id })
    return answerFactorChange(ctx, change)
  }
}
