import type { HttpContext } from '@adonisjs/core/http'
import { one } from '#app/http/answer'
import { callerFrom } from '#app/http/caller_from'
import { disableUser, reinstateUser } from '#app/users/disable_user'
import UserTransformer from '#app/users/user_transformer'

export default class DisablementsController {
  async store(ctx: HttpContext) {
    const closed = await disableUser(callerFrom(ctx), { ...ctx.request.body(), user: ctx.params.user })
    return one(ctx, UserTransformer.transform(closed))
  }

  async destroy(ctx: HttpContext) {
    const opened = await reinstateUser(callerFrom(ctx), { ...ctx.request.body(), user: ctx.params.user })
    return one(ctx, UserTransformer.transform(opened))
  }
}
