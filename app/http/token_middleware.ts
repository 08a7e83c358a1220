import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { Unauthenticated } from '#app/core/problem'
import { authenticate } from '#app/users/verify_token'

/** Who calls, by bearer token: one query. No session and no cookie is touched on this path. */
export default class TokenMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    const header = ctx.request.header('authorization')
    if (!header) throw new Unauthenticated('unauthenticated')
    const value = /^Bearer +(\S+)$/i.exec(header)?.[1]
    const user = value ? await authenticate(value) : null
    if (!user) throw new Unauthenticated('token_invalid')
    ctx.actor = user
    return next()
  }
}
