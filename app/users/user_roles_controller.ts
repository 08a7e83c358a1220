import type { HttpContext } from '@adonisjs/core/http'
import { one } from '#app/http/answer'
import { callerFrom } from '#app/http/caller_from'
import { giveRole, takeRole } from '#app/users/change_role'
import UserTransformer from '#app/users/user_transformer'

export default class UserRolesController {
  async update(ctx: HttpContext) {
    return one(ctx, UserTransformer.transform(await giveRole(callerFrom(ctx), named(ctx))))
  }

  async destroy(ctx: HttpContext) {
    return one(ctx, UserTransformer.transform(await takeRole(callerFrom(ctx), named(ctx))))
  }
}

function named({ request, params }: HttpContext) {
  return { ...request.body(), user: params.user, role: params.role }
}
