import type { Operation } from '#app/http/operation'
import { problemEntry } from '#app/http/problem_catalogue'
import type { RequestParts } from '#app/openapi/request_parts'

/** Every code that an operation may answer, by status: those of all routes, those that its parts bring, and its own. */
export function problemCodes(
  { gate, problems }: Operation,
  { path, body, isVersioned }: RequestParts,
  method: string
): Map<number, string[]> {
  const codes = ['malformed_request', 'too_many_requests', 'internal_error', 'database_unavailable']
  // A body is refused before the route is asked whether it wants one.
  codes.push('malformed_body', 'too_large', 'unsupported_media_type')
  if (gate)
    codes.push('unauthenticated', 'token_invalid', 'forbidden', 'invalid', 'audit_unavailable', 'keys_unavailable')
  if (Object.keys(path).length || namesARecord(body)) codes.push('not_found')
  if (isVersioned) codes.push('version_required', 'stale_version')
  if (method === 'POST' && gate) codes.push('mutation_id_reused')
  codes.push(...Object.keys(problems ?? {}))

  const byStatus = new Map<number, string[]>()
  for (const code of [...new Set(codes)].sort()) {
    const { status } = problemEntry(code)!
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  return new Map([...byStatus].sort(([a], [b]) => a - b))
}

function namesARecord(body: RequestParts['body']): boolean {
  return Object.keys(body?.properties ?? {}).some((name) => name.endsWith('_id'))
}
