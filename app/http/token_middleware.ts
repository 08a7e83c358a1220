import db from '@adonisjs/lucid/services/db'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { Unauthenticated } from '#app/core/problem'
import { toProblem } from '#app/core/to_problem'
import { verifyToken } from '#app/users/verify_token'
import { readConnection } from '#config/database'

/** Who calls, by bearer token: one query. No session and no cookie is touched on this path. */
export default class TokenMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    const header = ctx.request.header('authorization')
    if (!header) throw new Unauthenticated('unauthenticated')
    const value = /^Bearer +(\S+)$/i.exec(header)?.[1]
    const user = value ? await this.verify(value) : null
    if (!user) throw new Unauthenticated('token_invalid')
    ctx.actor = user
    return next()
  }

  private async verify(value: string) {
    try {
      return await verifyToken(value, db.connection(readConnection))
    } catch (error) {
      throw toProblem(error)
    }
  }
}
