import { performance } from 'node:perf_hooks'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { countRequest } from '#app/metrics/requests'

/** Counts each request once its answer is out, or its caller gone. */
export default class MetricsMiddleware {
  handle(ctx: HttpContext, next: NextFn) {
    const began = performance.now()
    const { response } = ctx.response
    response.once('close', () => {
      const status = response.writableFinished ? response.statusCode : null
      const route = ctx.route?.pattern ?? '(none)'
      countRequest({ method: ctx.request.method(), route, status, seconds: (performance.now() - began) / 1000 })
    })
    return next()
  }
}
