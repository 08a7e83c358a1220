import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { Unavailable } from '#app/core/problem'
import { HttpsRequired } from '#app/sessions/session_problems'
import env from '#start/env'

const READING = new Set(['GET', 'HEAD'])

/**
 * Where people come by https, nothing is answered in the clear. A page is sent there, and only ever to APP_URL: what a
 * request says of its host is anybody's text. What already held a secret is refused, so that it is noticed: a redirect
 * would go well, and the password or token would travel in the clear every time. Errors: HttpsRequired,
 * `proxy_not_trusted`.
 */
export default class HttpsRedirectMiddleware {
  handle(ctx: HttpContext, next: NextFn) {
    const { request, response } = ctx
    const address = env.get('APP_URL')
    if (!address?.startsWith('https:') || request.secure() || isCheckOfTheMachine(ctx)) return next()
    if (comesThroughUnknownProxy(ctx)) throw new Unavailable('proxy_not_trusted')
    if (!READING.has(request.method()) || request.header('authorization')) throw new HttpsRequired()
    response.status(308).header('Location', addressAt(address, request.request.url ?? '/'))
  }
}

/** Whoever watches the process asks it without the proxy. */
function isCheckOfTheMachine({ request }: HttpContext) {
  const path = request.url()
  // A token would travel in the clear from wherever it comes.
  const isWatching = path === '/metrics' && !request.header('authorization')
  return isWatching || path === '/health' || path.startsWith('/health/')
}

/**
 * A proxy that does TLS and is not named, or that does not say how it was asked, would be redirected to itself for ever.
 * Somebody who only claims to be one gets this answer instead of the redirect.
 */
function comesThroughUnknownProxy({ request }: HttpContext) {
  const stated = request.header('x-forwarded-proto')
  return stated ? stated.split(',')[0]!.trim() === 'https' : request.header('x-forwarded-for') !== undefined
}

/** A request may name another host in its first line (`GET http://…`): only what begins with a slash is a path. */
function addressAt(address: string, path: string): string {
  return new URL(new URL(address).origin + (path.startsWith('/') ? path : '/')).href
}
