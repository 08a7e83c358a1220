import type { HttpContext } from '@adonisjs/core/http'
import { many, one } from '#app/http/answer'
import { callerFrom } from '#app/http/caller_from'
import { queryOf } from '#app/http/sparse'
import { listUsers } from '#app/users/list_users'
import { openUser } from '#app/users/open_user'
import UserTransformer from '#app/users/user_transformer'

export default class UsersController {
  async index(ctx: HttpContext) {
    const page = await listUsers(callerFrom(ctx), queryOf(ctx))
    return many(ctx, UserTransformer.transform(page.rows), page)
  }

  async show(ctx: HttpContext) {
    const user = await openUser(callerFrom(ctx), { ...queryOf(ctx), user: ctx.params.user })
    return one(ctx, UserTransformer.transform(user))
  }
}
