import db from '@adonisjs/lucid/services/db'
import type { Caller } from '#app/core/caller'
import { Invalid, Problem } from '#app/core/problem'
import { toProblem } from '#app/core/to_problem'
import { validated } from '#app/core/validated'
import { appliedAmong } from '#app/sync/kept_results'
import {
  LIMITS,
  PROTOCOL,
  type Mutation,
  type MutationResult,
  type ProblemBody,
  type SyncRequest,
} from '#app/sync/protocol'
import { readMutation } from '#app/sync/read_mutation'
import { OtherDevice, ProtocolUnknown, TooManyMutations } from '#app/sync/sync_problems'
import { envelopeValidator, syncValidator } from '#app/sync/sync_validator'
import { tellRefusal } from '#app/sync/tell_refusal'
import type { DeviceUser } from '#app/sync/verify_device'

/** What the document knows of a call: its name, and what it takes. */
export const SYNC_CALL = { useCaseName: 'sync.push', input: syncValidator, status: 200 }

/** A call whose mutations nobody has looked at yet. */
export type SyncCall = Omit<SyncRequest, 'mutations'> & { mutations: unknown[] }

/**
 * The call in its validated form. Errors: Invalid, or Vine's own, for what is around the mutations; ProtocolUnknown,
 * OtherDevice, TooManyMutations.
 */
export async function readCall(raw: unknown, { device }: DeviceUser): Promise<SyncCall> {
  const { mutations, ...rest } = (raw ?? {}) as Record<string, unknown>
  // A later protocol may have other members: which one it is comes before whether it is whole.
  if (typeof rest.protocol === 'number' && rest.protocol !== PROTOCOL) throw new ProtocolUnknown()
  const envelope = await validated(envelopeValidator, rest)
  if (!Array.isArray(mutations)) throw new Invalid([{ pointer: '/mutations', code: 'array' }])
  if (mutations.length > LIMITS.mutations) throw new TooManyMutations()
  if (envelope.device_id !== device.uuid) throw new OtherDevice()
  return { ...envelope, protocol: PROTOCOL, mutations }
}

export interface PushDoor {
  apply(caller: Caller, mutation: Mutation): Promise<MutationResult>
  /** A refusal in the reader's language; what is a bug is logged. */
  say(error: unknown): ProblemBody
}

/**
 * Does what a device sends, one after the other by `client_seq`; none of them stops another but one that needs it. The
 * results stand as the mutations did.
 */
export async function push(caller: Caller, mutations: unknown[], door: PushDoor): Promise<MutationResult[]> {
  const results: MutationResult[] = []
  const done = new Map<string, MutationResult>()
  for (const { raw, index } of inOrder(mutations)) {
    const result = await pushOne(caller, raw, done, door)
    results[index] = result
    done.set(result.mutation_id, result)
  }
  return results
}

function inOrder(mutations: unknown[]) {
  const seqOf = (raw: unknown) => Number((raw as Mutation | null)?.client_seq)
  const numbered = mutations.map((raw, index) => ({ raw, index, seq: seqOf(raw) }))
  // What has no number is malformed, and nothing depends on it.
  return numbered.sort((one, other) => (one.seq || 0) - (other.seq || 0))
}

async function pushOne(
  caller: Caller,
  raw: unknown,
  done: Map<string, MutationResult>,
  { apply, say }: PushDoor
): Promise<MutationResult> {
  const id = idOf(raw)
  try {
    const mutation = await readMutation(raw)
    if (!(await areApplied(mutation.depends_on, done, caller))) return { mutation_id: id, status: 'deferred' }
    return await apply(caller, mutation)
  } catch (error) {
    return refused(caller, id, toProblem(error), say)
  }
}

/** As it was sent, that the device finds it again. */
function idOf(raw: unknown): string {
  const id = (raw as Mutation | null)?.mutation_id
  return typeof id === 'string' ? id.slice(0, 128) : ''
}

async function areApplied(ids: string[], done: Map<string, MutationResult>, { user }: Caller): Promise<boolean> {
  const before = ids.filter((id) => !done.has(id))
  const isDone = (id: string) => ['applied', 'duplicate'].includes(done.get(id)!.status)
  if (!ids.every((id) => before.includes(id) || isDone(id))) return false
  if (!before.length) return true
  const applied = await appliedAmong(db.connection(), user.id, before)
  return before.every((id) => applied.has(id))
}

async function refused(
  caller: Caller,
  mutation_id: string,
  error: unknown,
  say: PushDoor['say']
): Promise<MutationResult> {
  await tellRefusal(caller, error)
  const status = error instanceof Problem ? error.status : 500
  if (status === 503 || status === 429) return { mutation_id, status: 'retry', http_status: status }
  return { mutation_id, status: 'rejected', http_status: status, problem: say(error) }
}

/** The status of a call that brings this one mutation. */
export function statusOf(result: MutationResult): number {
  if ('http_status' in result) return result.http_status
  return result.status === 'deferred' ? 424 : 200
}
