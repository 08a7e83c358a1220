import type { HttpContext } from '@adonisjs/core/http'
import { readingLanguage } from '#app/http/reading_language'
import { openapiDocument, type Locale } from '#app/openapi/openapi_document'

const kept = new Map<Locale, string>()

export default class OpenapiController {
  show(ctx: HttpContext) {
    const locale = readingLanguage(ctx)
    let body = kept.get(locale)
    if (!body) kept.set(locale, (body = JSON.stringify(openapiDocument(locale))))
    ctx.response.header('content-type', 'application/json; charset=utf-8')
    return body
  }
}
