import { timingSafeEqual } from 'node:crypto'
import type { HttpContext } from '@adonisjs/core/http'
import { Forbidden } from '#app/core/problem'
import { csrfTokenOf } from '#app/sessions/session_value'
import env from '#start/env'

const READING = new Set(['GET', 'HEAD'])

/**
 * A page of another site may make a browser write here, a sign-in included. Browsers say where a request comes from; a
 * program that says nothing has no cookie that somebody else could use. Errors: Forbidden `foreign_page`.
 */
export function refuseForeignPage({ request }: HttpContext) {
  if (READING.has(request.method())) return
  const site = request.header('sec-fetch-site')
  const origin = request.header('origin')
  const isOwn = site ? ['same-origin', 'none'].includes(site) : !origin || origin === ownOrigin(request)
  if (!isOwn) throw new Forbidden('foreign_page')
}

function ownOrigin(request: HttpContext['request']): string {
  const address = env.get('APP_URL')
  return address ? new URL(address).origin : `${request.protocol()}://${request.host()}`
}

/** A write by cookie also shows the token that only a page of ours could read. Errors: Forbidden `csrf_token_invalid`. */
export function refuseWithoutCsrfToken({ request }: HttpContext, sessionValue: string) {
  if (READING.has(request.method())) return
  const sent = Buffer.from(request.header('x-csrf-token') ?? request.header('x-xsrf-token') ?? '')
  const expected = Buffer.from(csrfTokenOf(sessionValue))
  if (sent.length !== expected.length || !timingSafeEqual(sent, expected)) throw new Forbidden('csrf_token_invalid')
}
