import { admittedTo, type Admitted, type Operation } from '#app/http/operation'
import { problemEntry } from '#app/http/problem_catalogue'
import type { RequestParts } from '#app/openapi/request_parts'

const KNOWN = ['two_credentials', 'unauthenticated', 'token_invalid', 'session_over', 'forbidden']
const BY_SESSION = [...KNOWN, 'foreign_page', 'csrf_token_invalid']

/** What meets a caller before the gate, by whom the route lets in. */
const REFUSED_AT_THE_DOOR: Record<Admitted, string[]> = {
  anybody: ['two_credentials', 'foreign_page', 'https_required'],
  pending: [...BY_SESSION, 'session_required'],
  session: [...BY_SESSION, 'session_required', 'second_factor_required', 'enrolment_required'],
  caller: [...BY_SESSION, 'second_factor_required', 'enrolment_required'],
  device: [
    ...['two_credentials', 'unauthenticated', 'token_invalid', 'forbidden'],
    ...['device_required', 'device_sign_in_needed', 'device_revoked'],
  ],
}

/** Every code that an operation may answer, by status: those of all routes, those that its parts bring, and its own. */
export function problemCodes(
  operation: Operation,
  { path, body, isVersioned, isMatched }: RequestParts,
  method: string
): Map<number, string[]> {
  const { gate, problems, alsoRefused = [] } = operation
  const admitted = admittedTo(operation)
  const codes = ['malformed_request', 'too_many_requests', 'internal_error', 'database_unavailable']
  // A body is refused before the route is asked whether it wants one.
  codes.push('malformed_body', 'too_large', 'unsupported_media_type')
  if (gate) codes.push('invalid', 'audit_unavailable', 'keys_unavailable', 'sessions_unavailable')
  if (gate) codes.push(...REFUSED_AT_THE_DOOR[admitted])
  if (gate?.stepUp) codes.push('step_up_required', 'session_required')
  if (Object.keys(path).length || namesARecord(body)) codes.push('not_found')
  if (gate && isOfChart(gate, path, body)) codes.push('patient_erased')
  if (isMatched) codes.push('route_not_found')
  if (isVersioned) codes.push('version_required', 'stale_version')
  if (method === 'POST' && admitted === 'caller') codes.push('mutation_id_reused')
  codes.push(...Object.keys(problems ?? {}), ...alsoRefused)

  const byStatus = new Map<number, string[]>()
  for (const code of [...new Set(codes)].sort()) {
    const { status } = problemEntry(code)!
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  return new Map([...byStatus].sort(([a], [b]) => a - b))
}

const OF_CHARTS = ['patients', 'charts', 'consultations', 'prescriptions', 'records', 'labs', 'links']

/** Where a gate loads a patient, or what stands in the chart of one. */
function isOfChart({ useCaseName }: { useCaseName: string }, path: object, body: RequestParts['body']): boolean {
  return OF_CHARTS.includes(useCaseName.split('.')[0]!) && (Object.keys(path).length > 0 || namesARecord(body))
}

function namesARecord(body: RequestParts['body']): boolean {
  return Object.keys(body?.properties ?? {}).some((name) => name.endsWith('_id'))
}
