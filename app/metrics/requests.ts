import { counter, histogram } from '#app/metrics/registry'

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

const requests = counter({
  name: 'medinfo_http_requests_total',
  help: 'Requests answered, by the route’s pattern.',
  labelNames: ['method', 'route', 'status'],
})

const durations = histogram(
  {
    name: 'medinfo_http_request_duration_seconds',
    help: 'From the arrival of a request until its answer has left.',
    labelNames: ['method', 'route'],
  },
  BUCKETS
)

interface Answered {
  method: string
  /** The pattern, never the filled path: that names patients. */
  route: string
  /** Null where the caller went away before the answer was out. */
  status: number | null
  seconds: number
}

export function countRequest({ method, route, status, seconds }: Answered) {
  const named = METHODS.has(method) ? method : 'other'
  requests.inc({ method: named, route, status: status === null ? 'aborted' : `${Math.floor(status / 100)}xx` })
  durations.observe({ method: named, route }, seconds)
}
