import { createHash, timingSafeEqual } from 'node:crypto'
import type { HttpContext } from '@adonisjs/core/http'
import { isLoopback } from '#app/core/loopback'
import { NotFound } from '#app/core/problem'
import { METRICS_TYPE, printMetrics } from '#app/metrics/print_metrics'
import env, { isTrustedProxy } from '#start/env'

const FORWARDED = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip']

export default class MetricsController {
  /** Whoever may not see them is not told that they are there. Errors: NotFound `route_not_found`. */
  async show({ request, response }: HttpContext) {
    if (!isOfThisMachine(request) && !hasToken(request)) throw new NotFound('route_not_found')
    response.header('Content-Type', METRICS_TYPE).header('Cache-Control', 'no-store')
    return response.send(await printMetrics())
  }
}

/**
 * A program on this machine, which asked for it by its own name. A proxy that nobody named here sits on this machine too:
 * what it passes on is somebody else's, which its headers tell or the name that was asked for does.
 */
function isOfThisMachine(request: HttpContext['request']): boolean {
  const peer = request.request.socket.remoteAddress ?? ''
  const isPassedOn = !isTrustedProxy(peer) && FORWARDED.some((name) => request.header(name) !== undefined)
  const host = (request.hostname() ?? '').replace(/^\[(.*)\]$/, '$1')
  return !isPassedOn && isLoopback(request.ip()) && isLoopback(host)
}

function hasToken(request: HttpContext['request']): boolean {
  const expected = env.get('METRICS_TOKEN')?.release()
  const given = /^Bearer +(\S+)$/i.exec(request.header('authorization') ?? '')?.[1]
  return Boolean(expected && given) && timingSafeEqual(digestOf(given!), digestOf(expected!))
}

/** Of one length, whatever was given. */
function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
