import type { HttpContext } from '@adonisjs/core/http'
import { NOBODY, type Actor } from '#app/core/actor'
import type { Caller } from '#app/core/caller'
import { Unauthenticated } from '#app/core/problem'

/** The caller of this request. Errors: Unauthenticated where no middleware found a user. */
export function callerFrom(ctx: HttpContext): Caller {
  if (!ctx.actor) throw new Unauthenticated('unauthenticated')
  return callerOf(ctx, ctx.actor)
}

/** For what is done, or audited, before anybody is known. */
export function anonymousCaller(ctx: HttpContext): Caller {
  return callerOf(ctx, ctx.actor ?? NOBODY)
}

function callerOf(ctx: HttpContext, user: Actor): Caller {
  const { request, route } = ctx
  return {
    user,
    via: 'api',
    requestId: request.id() ?? '',
    ip: request.ip(),
    userAgent: request.header('user-agent') ?? null,
    route: { method: request.method(), pattern: route?.pattern ?? '(none)' },
  }
}
