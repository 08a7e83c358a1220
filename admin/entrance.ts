import type { HttpContext } from '@adonisjs/core/http'
import { Forbidden, NotFound, TooLarge, Unauthenticated } from '#app/core/problem'
import { callerFrom } from '#app/http/caller_from'
import { refuseForeignPage, refuseWithoutCsrfToken } from '#app/http/foreign_pages'
import { pagePolicy } from '#app/http/security_headers_middleware'
import { sessionValueOf, setReadableToken } from '#app/http/session_cookie'
import { PART_BYTES } from '#app/imports/part_size'
import { verifySession } from '#app/sessions/verify_session'
import { verifyUnlessFlooded } from '#app/throttles/failed_requests'
import { assetOf } from '#admin/assets'
import { BackOfficeUser } from '#admin/back_office_user'
import { LARGEST_FORM } from '#admin/body'
import env from '#start/env'

/** A file to import comes by parts. */
const largestOf = ({ request }: HttpContext) =>
  request.url() === '/admin/streams/import_part' ? PART_BYTES : LARGEST_FORM

/**
 * The door of the back office: whoever is signed in to the app with every factor, and may enter. AdminJS answers behind
 * it; it is loaded with the first visit.
 */
export default class Entrance {
  async handle(ctx: HttpContext) {
    if (env.get('BACK_OFFICE') === 'off') throw new NotFound('route_not_found')
    if (ctx.request.url().startsWith('/admin/frontend/assets/')) return this.asset(ctx)
    const isPage = ctx.request.method() === 'GET' && !/^\/admin\/(api|streams)\//.test(ctx.request.url())
    const value = sessionValueOf(ctx)
    const signedIn = value ? await verifyUnlessFlooded(value, ctx.request.ip(), verifySession) : null
    if (!signedIn || signedIn.user.signIn.missing) {
      if (isPage) return this.toSignIn(ctx)
      throw new Unauthenticated(signedIn ? 'second_factor_required' : 'session_over')
    }
    ctx.actor = signedIn.user
    refuseForeignPage(ctx)
    refuseWithoutCsrfToken(ctx, value!)
    if (!signedIn.user.can('back_office.enter')) throw new Forbidden('forbidden')
    if (Number(ctx.request.header('content-length') ?? 0) > largestOf(ctx)) throw new TooLarge('too_large')
    if (isPage) setReadableToken(ctx, value!)
    const { person } = signedIn.user
    const user = new BackOfficeUser({ ...callerFrom(ctx), via: 'admin' }, person.language, person)
    if (!ctx.request.url().startsWith('/admin/streams/')) return this.give(ctx, user)
    const { streamOf } = await import('#admin/streams')
    await streamOf(ctx)(ctx, user)
  }

  private asset({ request, response }: HttpContext) {
    const asset = assetOf(request.url().slice('/admin/frontend/assets/'.length))
    if (!asset) throw new NotFound('not_found')
    response.header('content-type', asset.type).header('Cache-Control', 'private, max-age=3600')
    return response.stream(asset.stream())
  }

  private toSignIn({ request, response }: HttpContext) {
    return response.redirect().toPath(`/app/sign-in?next=${encodeURIComponent(request.url())}`)
  }

  /** Lets Express write the answer; what it cannot do is told as everywhere else. */
  private async give(ctx: HttpContext, user: BackOfficeUser) {
    const { request, response } = ctx
    const { backOffice } = await import('#admin/index')
    response.header('Cache-Control', 'no-store')
    const nonce = () => {
      const { nonce: made, policy } = pagePolicy({ styles: "'unsafe-inline'" })
      response.response.setHeader('Content-Security-Policy', policy)
      return made
    }
    const [asked, answer] = [request.request, response.response]
    Object.assign(asked, { session: { adminUser: user }, nonce })
    response.relayHeaders()
    await new Promise<void>((resolve, reject) => {
      answer.once('close', resolve).once('finish', resolve)
      backOffice()(asked as never, answer as never, (error?: unknown) =>
        error ? reject(error) : reject(new NotFound('route_not_found'))
      )
    })
  }
}
