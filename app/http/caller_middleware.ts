import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { BadRequest, Forbidden, Unauthenticated } from '#app/core/problem'
import type { Admitted } from '#app/http/operation'
import { refuseForeignPage, refuseWithoutCsrfToken } from '#app/http/foreign_pages'
import { sessionValueOf } from '#app/http/session_cookie'
import { verifySession } from '#app/sessions/verify_session'
import { DeviceNeedsSignIn } from '#app/sync/sync_problems'
import { verifyDevice } from '#app/sync/verify_device'
import { verifyUnlessFlooded } from '#app/throttles/failed_requests'
import { authenticate } from '#app/tokens/verify_token'

const DEVICE = /^Device +(\S+)$/i
const isDevice = (header: string | undefined) => DEVICE.test(header ?? '')

interface Options {
  admits: Admitted
}

/**
 * Who calls: by bearer token or a device's credential with one query, in which no cookie is touched, or by the cookie of
 * a session. Never two, as nobody could say which of two people acted.
 */
export default class CallerMiddleware {
  async handle(ctx: HttpContext, next: NextFn, { admits }: Options) {
    const header = ctx.request.header('authorization')
    const value = sessionValueOf(ctx)
    if (header && value) throw new BadRequest('two_credentials')
    if (admits === 'anybody') refuseForeignPage(ctx)
    else if (admits === 'device' && (value || isDevice(header))) await this.byDevice(ctx, header)
    else if (header) await this.byToken(ctx, header, admits)
    else if (value) await this.bySession(ctx, value, admits)
    else throw new Unauthenticated('unauthenticated')
    return next()
  }

  private async byToken(ctx: HttpContext, header: string, admits: Admitted) {
    const value = /^Bearer +(\S+)$/i.exec(header)?.[1]
    const user = value ? await verifyUnlessFlooded(value, ctx.request.ip(), authenticate) : null
    if (!user) throw new Unauthenticated('token_invalid')
    ctx.actor = user
    if (admits !== 'caller') throw new Forbidden(admits === 'device' ? 'device_required' : 'session_required')
  }

  /** A session is over after half a day; what was written in the field is sent by what outlives it, and by that only. */
  private async byDevice(ctx: HttpContext, header: string | undefined) {
    const value = DEVICE.exec(header ?? '')?.[1]
    if (!value) throw new Forbidden('device_required')
    const known = await verifyUnlessFlooded(value, ctx.request.ip(), verifyDevice)
    if (!known) throw new DeviceNeedsSignIn()
    if ('refusal' in known) throw known.refusal
    ctx.actor = known.user
  }

  private async bySession(ctx: HttpContext, value: string, admits: Admitted) {
    refuseForeignPage(ctx)
    const signedIn = await verifyUnlessFlooded(value, ctx.request.ip(), verifySession)
    // The cookie stays: the browser may have got a new one since it sent this request.
    if (!signedIn) throw new Unauthenticated('session_over')
    ctx.actor = signedIn.user
    ctx.sessionValue = value
    refuseWithoutCsrfToken(ctx, value)
    const { missing } = signedIn.user.signIn
    if (missing && admits !== 'pending') throw new Forbidden(`${missing}_required`)
  }
}
