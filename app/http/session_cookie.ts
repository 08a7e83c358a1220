import type { HttpContext } from '@adonisjs/core/http'
import { isLoopback } from '#app/core/loopback'
import { csrfTokenOf } from '#app/sessions/session_value'
import { HttpsRequired } from '#app/sessions/session_problems'
import { expectAgain } from '#app/throttles/failed_requests'
import env from '#start/env'

const SECURE = '__Host-medinfo'
/*
 * Browsers take no `__Host-` cookie without TLS; on this machine itself nobody listens between. A proxy on this machine
 * that nobody declared looks the same but for what it says of its client.
 */
const LOCAL = 'medinfo_dev'

/** The name that counts for this request; null where a cookie would travel in the clear. */
function cookieName({ request }: HttpContext): string | null {
  if (env.get('APP_URL')?.startsWith('https:') || request.secure()) return SECURE
  return isLoopback(request.ip()) && !request.header('x-forwarded-for') ? LOCAL : null
}

/** The session's value that the browser sent; null without one. */
export function sessionValueOf(ctx: HttpContext): string | null {
  const name = cookieName(ctx)
  return (name && (ctx.request.plainCookie(name, { encoded: false }) as string | undefined)) ?? null
}

/** Hands the browser its session. Errors: HttpsRequired, where anybody on the way could read it. */
export function setSessionCookie(ctx: HttpContext, value: string) {
  const name = requireCookieName(ctx)
  expectAgain(value)
  ctx.response.plainCookie(name, value, {
    ...{ path: '/', httpOnly: true, sameSite: 'strict', encode: false },
    secure: name === SECURE,
    // The framework's own would be two hours. Without one the browser forgets it when it is closed.
    maxAge: undefined,
  })
}

/** What a page's own script sends back with each write: axios reads this name and sends `X-XSRF-TOKEN`. */
export function setReadableToken(ctx: HttpContext, value: string) {
  ctx.response.plainCookie('XSRF-TOKEN', csrfTokenOf(value), {
    ...{ path: '/admin', httpOnly: false, sameSite: 'strict', encode: false },
    secure: requireCookieName(ctx) === SECURE,
    maxAge: undefined,
  })
}

/** Errors: HttpsRequired, before anything is done. */
export function requireCookieName(ctx: HttpContext): string {
  const name = cookieName(ctx)
  if (!name) throw new HttpsRequired()
  return name
}

export function clearSessionCookie(ctx: HttpContext) {
  const name = cookieName(ctx)
  if (name) ctx.response.clearCookie(name, { path: '/', secure: name === SECURE, httpOnly: true, sameSite: 'strict' })
}
