import type { HttpContext } from '@adonisjs/core/http'
import { ChangedAccountTransformer, MailedTransformer } from '#app/accounts/account_transformer'
import { confirmEmail, requestEmailChange } from '#app/accounts/change_email'
import { changePassword } from '#app/accounts/change_password'
import { closeAccount } from '#app/accounts/close_account'
import { one } from '#app/http/answer'
import { anonymousCaller, callerFrom } from '#app/http/caller_from'
import { answerSession } from '#app/http/session_answer'
import { clearSessionCookie } from '#app/http/session_cookie'

export default class OwnAccountController {
  async changePassword(ctx: HttpContext) {
    return answerSession(ctx, await changePassword(callerFrom(ctx), ctx.request.body()))
  }

  async changeEmail(ctx: HttpContext) {
    const asked = await requestEmailChange(callerFrom(ctx), ctx.request.body())
    ctx.response.status(requestEmailChange.status)
    return one(ctx, MailedTransformer.transform(asked))
  }

  async confirmEmail(ctx: HttpContext) {
    return one(ctx, ChangedAccountTransformer.transform(await confirmEmail(anonymousCaller(ctx), ctx.request.body())))
  }

  async close(ctx: HttpContext) {
    const closed = await closeAccount(callerFrom(ctx), ctx.request.body())
    clearSessionCookie(ctx)
    return one(ctx, ChangedAccountTransformer.transform(closed))
  }
}
