import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { UnsupportedMediaType } from '#app/core/problem'

/** The API speaks JSON and nothing else: a form that is silently read as an empty body would lose what it said. */
export default class JsonBodyMiddleware {
  handle({ request }: HttpContext, next: NextFn) {
    const hasBody = request.hasBody()
    const type = request.header('content-type')?.split(';')[0]?.trim().toLowerCase()
    if (hasBody && type !== 'application/json') throw new UnsupportedMediaType('unsupported_media_type')
    return next()
  }
}
