import type { HttpContext } from '@adonisjs/core/http'
import { acceptInvitation } from '#app/accounts/accept_invitation'
import AccountTransformer from '#app/accounts/account_transformer'
import { inviteUser, repeatInvitation } from '#app/accounts/invite_user'
import { one } from '#app/http/answer'
import { anonymousCaller, callerFrom } from '#app/http/caller_from'

export default class InvitationsController {
  async store(ctx: HttpContext) {
    const user = await inviteUser(callerFrom(ctx), ctx.request.body())
    ctx.response.status(inviteUser.status)
    return one(ctx, AccountTransformer.transform(user))
  }

  async repeat(ctx: HttpContext) {
    const user = await repeatInvitation(callerFrom(ctx), { ...ctx.request.body(), user: ctx.params.user })
    ctx.response.status(repeatInvitation.status)
    return one(ctx, AccountTransformer.transform(user))
  }

  async accept(ctx: HttpContext) {
    return one(ctx, AccountTransformer.transform(await acceptInvitation(anonymousCaller(ctx), ctx.request.body())))
  }
}
