import type { HttpContext } from '@adonisjs/core/http'
import { many } from '#app/http/answer'
import { callerFrom } from '#app/http/caller_from'
import { queryOf } from '#app/http/sparse'
import { listRoles } from '#app/users/list_roles'
import RoleTransformer from '#app/users/role_transformer'

export default class RolesController {
  async index(ctx: HttpContext) {
    const rows = await listRoles(callerFrom(ctx), queryOf(ctx))
    return many(ctx, RoleTransformer.transform(rows), { rows, nextCursor: null })
  }
}
