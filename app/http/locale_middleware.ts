import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import '#app/http/context'

/** French unless the reader asks for English first. */
export default class LocaleMiddleware {
  handle(ctx: HttpContext, next: NextFn) {
    ctx.locale = ctx.request.language(['fr', 'en']) === 'en' ? 'en' : 'fr'
    ctx.response.header('Content-Language', ctx.locale)
    ctx.response.append('Vary', 'Accept-Language')
    return next()
  }
}
