import app from '@adonisjs/core/services/app'
import router from '@adonisjs/core/services/router'
import { ExceptionHandler, type HttpContext } from '@adonisjs/core/http'
import { isAudited } from '#app/core/audited'
import { BadRequest, MethodNotAllowed, NotFound, Problem, TooMany } from '#app/core/problem'
import { toProblem } from '#app/core/to_problem'
import { loggable } from '#app/core/loggable'
import { FieldUnreadable } from '#app/keys/field_crypto'
import { recordRequest } from '#app/audit/record_request'
import { refusalsToTell } from '#app/throttles/told_refusals'
import { anonymousCaller } from '#app/http/caller_from'
import { problemBody } from '#app/http/problem_body'

/* Where charts or accounts could open. */
const TOLD = /^\/(api|admin(?!\/frontend))(\/|$)/

/** Translates before the framework looks: an error's own `handle` would win there and answer in another dialect. */
export default class HttpExceptionHandler extends ExceptionHandler {
  protected debug = !app.inProduction

  async handle(thrown: unknown, ctx: HttpContext) {
    const error = this.translate(thrown, ctx)
    const isAnswered = error instanceof Problem
    if (!isAnswered) this.tell(thrown, ctx)
    else if (error.status >= 500) ctx.logger.warn({ err: loggable(error.cause), code: error.code }, 'unavailable')
    const body = problemBody(error, ctx.locale ?? 'fr', ctx.request.id())
    await this.audit(error, body.status, ctx)
    if (error instanceof MethodNotAllowed) ctx.response.header('Allow', error.extra.allow as string)
    if (body.status === 401)
      ctx.response.header('WWW-Authenticate', body.code.startsWith('device_') ? 'Device' : 'Bearer')
    if (error instanceof TooMany) ctx.response.header('Retry-After', secondsUntilAllowed(error))
    if (body.status === 503) ctx.response.header('Retry-After', '5')
    ctx.response.status(body.status).header('content-type', 'application/problem+json; charset=utf-8')
    ctx.response.send(JSON.stringify(body))
  }

  async report() {}

  private tell(thrown: unknown, { logger, request }: HttpContext) {
    const about = { err: loggable(thrown), request_id: request.id() }
    if (thrown instanceof FieldUnreadable) {
      const { table, column, uuid } = thrown.place
      logger.error({ ...about, table, column, row: uuid }, 'a field cannot be read')
    } else logger.error(about, 'unexpected error')
  }

  private translate(thrown: unknown, ctx: HttpContext): unknown {
    if (thrown instanceof Problem) return thrown
    const { code, status } = (thrown ?? {}) as { code?: string; status?: number }
    if (code === 'E_ROUTE_NOT_FOUND') return notRouted(ctx)
    if (code === 'E_TOO_MANY_REQUESTS') return new TooMany('too_many_requests', { cause: thrown })
    if (status === 400) return new BadRequest('malformed_request', { cause: thrown })
    return toProblem(thrown)
  }

  /** A request that no use-case has told of. Where even that cannot be written, the refusal stands all the same. */
  private async audit(error: unknown, status: number, ctx: HttpContext) {
    if (isAudited(error) || !TOLD.test(ctx.request.url())) return
    const times = refusalsToTell(ctx.request.ip())
    if (times === 0) return
    const code = error instanceof Problem ? error.code : 'internal_error'
    try {
      await recordRequest(anonymousCaller(ctx), status, code, times)
    } catch (failure) {
      ctx.logger.error({ err: loggable(failure) }, 'a refused request could not be audited')
    }
  }
}

/** 405 where the path exists for another method, else 404. */
function notRouted(ctx: HttpContext) {
  const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter(
    (method) => method !== ctx.request.method() && router.match(ctx.request.url(), method, true)
  )
  if (methods.includes('GET')) methods.push('HEAD')
  return methods.length
    ? new MethodNotAllowed('method_not_allowed', { extra: { allow: methods.join(', ') } })
    : new NotFound('route_not_found')
}

function secondsUntilAllowed({ cause, extra }: TooMany): number {
  const limiter = cause as { response?: { availableIn: number } } | undefined
  return (extra.retry_after as number | undefined) ?? limiter?.response?.availableIn ?? 60
}
