import type { HttpContext } from '@adonisjs/core/http'
import { ChangedAccountTransformer, MailedTransformer } from '#app/accounts/account_transformer'
import { completePasswordReset } from '#app/accounts/complete_password_reset'
import { requestPasswordReset } from '#app/accounts/request_password_reset'
import { one } from '#app/http/answer'
import { anonymousCaller } from '#app/http/caller_from'

export default class PasswordResetsController {
  async store(ctx: HttpContext) {
    // Where nobody is known, the mail speaks as the page did.
    const asked = await requestPasswordReset(anonymousCaller(ctx), { language: ctx.locale, ...ctx.request.body() })
    ctx.response.status(requestPasswordReset.status)
    return one(ctx, MailedTransformer.transform(asked))
  }

  async complete(ctx: HttpContext) {
    const user = await completePasswordReset(anonymousCaller(ctx), ctx.request.body())
    return one(ctx, ChangedAccountTransformer.transform(user))
  }
}
