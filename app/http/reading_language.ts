import type { HttpContext } from '@adonisjs/core/http'
import '#app/http/context'

/** The language of a page: `?lang=` where a reader has switched, else the browser's. */
export function readingLanguage(ctx: HttpContext): 'fr' | 'en' {
  const chosen = ctx.request.qs().lang
  if (chosen === 'fr' || chosen === 'en') ctx.locale = chosen
  ctx.response.header('Content-Language', ctx.locale)
  return ctx.locale
}
