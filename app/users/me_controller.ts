import type { HttpContext } from '@adonisjs/core/http'
import { one } from '#app/http/answer'
import { callerFrom } from '#app/http/caller_from'
import { queryOf } from '#app/http/sparse'
import { changeProfile } from '#app/users/change_profile'
import { openMe } from '#app/users/me'
import MeTransformer from '#app/users/me_transformer'

export default class MeController {
  async show(ctx: HttpContext) {
    return one(ctx, MeTransformer.transform(await openMe(callerFrom(ctx), queryOf(ctx))))
  }

  async update(ctx: HttpContext) {
    return one(ctx, MeTransformer.transform(await changeProfile(callerFrom(ctx), ctx.request.body())))
  }
}
