import type { HttpContext } from '@adonisjs/core/http'
import { many, one } from '#app/http/answer'
import { callerFrom } from '#app/http/caller_from'
import { queryOf } from '#app/http/sparse'
import { endOwnToken, listOwnTokens, makeOwnToken } from '#app/tokens/own_tokens'
import TokenTransformer, { NewTokenTransformer } from '#app/tokens/token_transformer'

export default class OwnTokensController {
  async index(ctx: HttpContext) {
    const page = await listOwnTokens(callerFrom(ctx), queryOf(ctx))
    return many(ctx, TokenTransformer.transform(page.rows), page)
  }

  async store(ctx: HttpContext) {
    const made = await makeOwnToken(callerFrom(ctx), ctx.request.body())
    ctx.response.status(makeOwnToken.status)
    return one(ctx, NewTokenTransformer.transform(made))
  }

  async destroy(ctx: HttpContext) {
    const ended = await endOwnToken(callerFrom(ctx), { ...ctx.request.body(), id: ctx.params.id })
    return one(ctx, TokenTransformer.transform(ended))
  }
}
