import type { HttpContext } from '@adonisjs/core/http'
import AccountTransformer, { MailedTransformer } from '#app/accounts/account_transformer'
import { completeRegistration } from '#app/accounts/complete_registration'
import { requestRegistration } from '#app/accounts/request_registration'
import { one } from '#app/http/answer'
import { anonymousCaller } from '#app/http/caller_from'

export default class RegistrationsController {
  async store(ctx: HttpContext) {
    // Nobody is known yet: the mail speaks as the page did.
    const asked = await requestRegistration(anonymousCaller(ctx), { language: ctx.locale, ...ctx.request.body() })
    ctx.response.status(requestRegistration.status)
    return one(ctx, MailedTransformer.transform(asked))
  }

  async complete(ctx: HttpContext) {
    const user = await completeRegistration(anonymousCaller(ctx), ctx.request.body())
    ctx.response.status(completeRegistration.status)
    return one(ctx, AccountTransformer.transform(user))
  }
}
