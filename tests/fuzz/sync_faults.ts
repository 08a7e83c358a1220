import { LIMITS, type Change, type MutationResult, type SyncAnswer } from '#app/sync/protocol'
import type { Request } from '#tests/fuzz/sending'
import { isObject } from '#tests/fuzz/written_json'

/** What of a sync answer the document cannot say: that it is the answer to this call, and each result that of its write. */
export function pushFaults(request: Request, status: number, answer: SyncAnswer): string[] {
  const sent = sentIn(request)
  const { results, changes } = answer
  if (results.length !== sent.length) return [`${results.length} results of ${sent.length} mutations`]
  const [only] = results
  const expected = only && results.length === 1 ? statusOf(only) : 200
  return [
    ...(status === expected ? [] : [`${status}, and what was sent was answered ${expected}`]),
    ...results.flatMap((result, index) => resultFaults(result, sent[index], request)),
    ...orderFaults(changes),
  ]
}

/** The mutations as they were sent; none where that was no such call. */
export function sentIn({ body }: Request): unknown[] {
  const call = JSON.parse(body?.toString() ?? 'null') as unknown
  return isObject(call) && Array.isArray(call.mutations) ? (call.mutations as unknown[]) : []
}

/** A result's word, with the status of its refusal. */
export function became(result: MutationResult): string {
  return result.status === 'rejected' ? `rejected ${result.http_status}` : result.status
}

function statusOf(result: MutationResult): number {
  if ('http_status' in result) return result.http_status
  return result.status === 'deferred' ? 424 : 200
}

function resultFaults(result: MutationResult, sent: unknown, request: Request): string[] {
  const faults: string[] = []
  const id = isObject(sent) && typeof sent.mutation_id === 'string' ? sent.mutation_id : ''
  if (!id.startsWith(result.mutation_id) || Boolean(id) !== Boolean(result.mutation_id))
    faults.push(`a result names ${result.mutation_id}, which is not what was sent there`)
  if (statusOf(result) >= 500) faults.push(`a result is ${statusOf(result)}: ${JSON.stringify(result).slice(0, 300)}`)
  if (result.status !== 'rejected') return faults
  const { problem, http_status: status } = result
  if (problem.status !== status) faults.push(`a result of ${status} says that it is ${problem.status}`)
  if (problem.type !== `/problems/${problem.code}`) faults.push(`${problem.code} leads to ${problem.type}`)
  if (problem.request_id !== request.headers['x-request-id']) faults.push('a result names another request')
  return faults
}

function orderFaults(changes: Change[]): string[] {
  if (changes.length > LIMITS.changes) return [`${changes.length} changes in one answer`]
  return changes.some(({ seq }, index) => index > 0 && seq <= changes[index - 1]!.seq)
    ? ['the changes are not in the order of their numbers']
    : []
}

/** A load begins and ends once, and its charts come one a patient, by the patients' ids, no more than it says. */
export function loadFaults(lines: any[]): string[] {
  const [begin, ...rest] = lines
  const end = rest.pop()
  if (begin?.kind !== 'begin' || end?.kind !== 'end') return ['a load does not begin and end']
  const patients = rest.map(({ patient }) => (isObject(patient) ? patient.id : patient) as string)
  if (rest.some(({ kind }) => kind === 'begin' || kind === 'end')) return ['a load begins or ends twice']
  if (patients.some((id, index) => index > 0 && id <= patients[index - 1]!)) return ['the charts are out of order']
  return patients.length > begin.patients ? [`${patients.length} charts of ${begin.patients}`] : []
}
