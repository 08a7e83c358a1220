import type { HttpContext } from '@adonisjs/core/http'
import { one } from '#app/http/answer'
import { callerFrom } from '#app/http/caller_from'
import { queryOf } from '#app/http/sparse'
import FactorsTransformer, { ResetFactorsTransformer } from '#app/factors/factor_transformer'
import { openFactors } from '#app/factors/open_factors'
import { resetFactors } from '#app/factors/reset_factors'

export default class FactorsController {
  async show(ctx: HttpContext) {
    return one(ctx, FactorsTransformer.transform(await openFactors(callerFrom(ctx), queryOf(ctx))))
  }

  async destroy(ctx: HttpContext) {
    const user = await resetFactors(callerFrom(ctx), { ...ctx.request.body(), user: ctx.params.user })
    return one(ctx, ResetFactorsTransformer.transform(user))
  }
}
