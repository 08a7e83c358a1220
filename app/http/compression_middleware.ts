import compression from 'compression'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/** The library knows no text of many JSON lines. */
const isPacked: compression.CompressionFilter = (request, response) =>
  /^application\/x-ndjson\b/.test(String(response.getHeader('content-type'))) || compression.filter(request, response)

/*
 * What a page of another site provokes carries no token of ours, so that the length of a packed answer tells it nothing
 * (BREACH, https://www.breachattack.com). Below a kilobyte packing costs more than it saves.
 */
const compress = compression({ threshold: 1024, filter: isPacked })

/** Packs large answers by br or gzip, for whoever accepts it: it wraps Node's response, which the framework's ends. */
export default class CompressionMiddleware {
  async handle({ request, response }: HttpContext, next: NextFn) {
    // On 304 and HEAD too, for which nothing is packed.
    response.append('Vary', 'Accept-Encoding')
    await new Promise<void>((resolve) =>
      compress(request.request as never, response.response as never, () => resolve())
    )
    return next()
  }
}
