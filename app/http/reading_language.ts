import type { HttpContext } from '@adonisjs/core/http'
import { clinicNow } from '#app/settings/clinic'
import '#app/http/context'

/** The language of a page: `?lang=` where a reader has switched, else the browser's. */
export function readingLanguage(ctx: HttpContext): 'fr' | 'en' {
  const chosen = ctx.request.qs().lang
  ctx.locale = clinicNow().languages.find((each) => each === chosen) ?? ctx.locale
  ctx.response.header('Content-Language', ctx.locale)
  return ctx.locale
}
