import type { HttpContext } from '@adonisjs/core/http'
import { checkHealth, checkReadiness } from '#app/core/health'

type Report = Awaited<ReturnType<typeof checkHealth>>

export default class HealthController {
  /** The process answers at all. */
  async live() {
    return { status: 'ok' }
  }

  async ready({ response }: HttpContext) {
    return told(response, await checkReadiness())
  }

  async show({ response }: HttpContext) {
    return told(response, await checkHealth())
  }
}

/** Names and states only: addresses and figures are nobody's business who is not signed in. */
function told(response: HttpContext['response'], { isHealthy, checks }: Report) {
  response.status(isHealthy ? 200 : 503).header('Cache-Control', 'no-store')
  return { status: isHealthy ? 'ok' : 'unavailable', checks: checks.map(({ name, status }) => ({ name, status })) }
}
