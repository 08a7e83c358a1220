import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { clinicNow, type ClinicLanguage } from '#app/settings/clinic'
import '#app/http/context'

/** The first language that the reader asks for and that is offered here; else the clinic's own, which is French at first. */
export default class LocaleMiddleware {
  handle(ctx: HttpContext, next: NextFn) {
    const { languages, language } = clinicNow()
    // Whoever takes any language gets the first.
    const offered = [language, ...languages.filter((each) => each !== language)]
    ctx.locale = (ctx.request.language(offered) as ClinicLanguage | null) ?? language
    ctx.response.header('Content-Language', ctx.locale)
    ctx.response.append('Vary', 'Accept-Language')
    return next()
  }
}
