import type { Actor } from '#app/core/actor'
import type { Caller, OwnedTransaction } from '#app/core/caller'
import { Conflict, Forbidden, NotFound, Problem, StaleVersion } from '#app/core/problem'
import { inTransaction } from '#app/core/transaction'
import { validated } from '#app/core/validated'
import { keepResult, takeKey, type KeptResult, type WriteKey } from '#app/sync/kept_results'
import { leftToWrite } from '#app/sync/left_to_write'
import { addressIn, GATES, OPENINGS, type SyncedRow } from '#app/sync/mutation_gates'
import { sameValue } from '#app/sync/merging'
import { KEPT_DAYS, MUTATIONS, type Applied, type Conflicted, type Mutation, type RecordData } from '#app/sync/protocol'
import { whatItSays } from '#app/sync/read_mutation'
import { digestOfWrite } from '#app/sync/write_digest'
import { authorOf } from '#app/sync/record_authors'
import { recordData } from '#app/sync/sync_transformer'
import type { SyncedRecord } from '#app/sync/synced_records'

type Outcome = Applied | Conflicted
/** A caller inside the mutation's own transaction. */
type Inside = Caller & { trx: OwnedTransaction }

const KEPT_MS = KEPT_DAYS.mutations * 86_400_000

/**
 * Does one mutation at most once, in a transaction of its own: its id first, then its use-case in a savepoint, then what
 * became of it. Only what is applied or in conflict is kept; a replay opens the record again, which authorises it: whoever
 * may not is told that it was done, and nothing of it.
 * Errors: the use-case's own, with nothing done and nothing kept; Refused `mutation_id_reused`.
 */
export async function applyMutation(caller: Caller, mutation: Mutation): Promise<Outcome> {
  const { creates } = MUTATIONS[mutation.name]
  const acting = creates ? { ...caller, user: addingLate(caller.user) } : caller
  return inTransaction(acting, async (trx) => {
    const inside = { ...acting, trx }
    const key: WriteKey = [caller.user.id, mutation.mutation_id]
    const digest = await digestOfWrite(whatItSays(mutation), trx.client)
    const kept = await takeKey(trx.client, key, digest, KEPT_MS)
    if (kept) return replay(inside, mutation, kept)
    const outcome = await (creates ? create(inside, mutation) : change(inside, mutation))
    await keepResult(trx.client, key, toKeep(mutation, outcome))
    return outcome
  })
}

/** What is new may belong to a time when its author still treated the patient; what is corrected may not. */
function addingLate(user: Actor): Actor {
  const { id, uuid, roleNames, isNarrowed } = user
  return { id, uuid, roleNames, isNarrowed, addsLate: true, can: (permission) => user.can(permission) }
}

async function replay(caller: Inside, mutation: Mutation, kept: KeptResult): Promise<Outcome> {
  if (kept.status === 'conflict') return inConflict(caller, mutation, await open(caller, mutation))
  const row = await openIfThere(caller, mutation)
  const late = kept.late && { late: true as const }
  // It stands, though its author may look at it no more: called refused, it would be written a second time.
  if (!row) return { mutation_id: mutation.mutation_id, status: 'duplicate', version: kept.version!, ...late }
  return { ...applied(mutation, row), status: 'duplicate', ...late }
}

async function create(caller: Inside, mutation: Mutation): Promise<Outcome> {
  const { name, client_generated_uuid: id, data } = mutation
  const { refusals } = caller.trx
  const before = refusals.length
  try {
    return applied(mutation, await GATES[name](caller, { ...data, id }))
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    const after = refusals.length
    const row = await openIfThere(caller, mutation)
    refusals.length = after
    if (!row || !(await isTheSame(row, mutation, caller))) throw error
    // It was done before, under an id that is not known any more: no refusal, and nothing to tell of one.
    refusals.length = before
    return { ...applied(mutation, row), status: 'duplicate' }
  }
}

async function openIfThere(caller: Inside, mutation: Mutation): Promise<SyncedRow | null> {
  try {
    return await open(caller, mutation)
  } catch (error) {
    if (error instanceof NotFound || error instanceof Forbidden) return null
    throw error
  }
}

/** Whether the caller wrote the record that has this id, with the same content. */
async function isTheSame(row: SyncedRow, mutation: Mutation, { user }: Caller): Promise<boolean> {
  const { name, client_generated_uuid: id, data } = mutation
  const there = dataOf(mutation, row)
  const author = AUTHOR.find((member) => member in there)
  if (author && there[author] !== user.uuid) return false
  const { consultation, ...said } = (await validated(GATES[name].input, { ...data, id })) as Record<string, unknown>
  if (there.consultation_id !== undefined && consultation) said.consultation_id = consultation
  return Object.entries(said).every(([member, value]) => sameValue(value, there[member]))
}

/** By what an answer names who wrote it; a patient's registration names nobody. */
const AUTHOR = ['doctor_id', 'prescribed_by', 'performed_by', 'author_id']

async function change(caller: Inside, mutation: Mutation): Promise<Outcome> {
  const { refusals } = caller.trx
  const before = refusals.length
  try {
    return applied(mutation, await correct(caller, mutation, mutation.base_version!))
  } catch (error) {
    if (!(error instanceof StaleVersion)) throw error
    const row = await open(caller, mutation)
    if (row.version !== error.extra.server_version) throw new SnapshotTooOld(error)
    const present = { version: row.version, data: dataOf(mutation, row) }
    const rest = await leftToWrite(mutation, present, caller)
    if (!rest) return inConflict(caller, mutation, row)
    // The first try was not told to anybody: the record's opening and the change are what happened.
    refusals.splice(before)
    const done = applied(mutation, await correct(caller, { ...mutation, data: rest }, row.version))
    // Somebody else had written the same: no version of this side, on which it could build.
    return done.version === row.version ? { ...done, status: 'duplicate' } : done
  }
}

/** What this reader saw is older than what the use-case has locked. The owner of the transaction starts it over. */
class SnapshotTooOld extends Error {
  readonly code = 'ER_CHECKREAD'

  constructor(cause: unknown) {
    super('the snapshot is older than the lock', { cause })
  }
}

/** The losing values of settled conflicts become versions of their own, so that the history has all sides. */
async function correct(caller: Inside, mutation: Mutation, version: number): Promise<SyncedRow> {
  const { name, client_generated_uuid: id, data, lost } = mutation
  const gate = GATES[name]
  let present = version
  for (const [index, values] of (lost ?? []).entries()) {
    const input = { ...addressIn(name, data), ...values, id, version: present }
    const former = await gate(caller, input).catch((error: unknown) => refuseLost(error, index))
    present = former.version
  }
  return gate(caller, { ...data, id, version: present })
}

/** Says that it is the losing side which is refused: whoever corrects the other one would never be done. */
function refuseLost(error: unknown, index: number): never {
  if (!(error instanceof Problem) || !error.errors) throw error
  const errors = error.errors.map((each) => ({ ...each, pointer: `/lost/${index}${each.pointer}` }))
  throw Object.assign(error, { errors })
}

function open(caller: Inside, { name, client_generated_uuid, data }: Mutation): Promise<SyncedRow> {
  return OPENINGS[MUTATIONS[name].entity](caller, client_generated_uuid, data)
}

function dataOf({ name }: Mutation, row: SyncedRow): RecordData {
  return recordData({ entity: MUTATIONS[name].entity, row } as SyncedRecord)
}

function applied(mutation: Mutation, row: SyncedRow): Applied {
  const late = row.$extras.is_late ? { late: true as const } : {}
  const { mutation_id } = mutation
  return { mutation_id, status: 'applied', version: row.version, ...late, data: dataOf(mutation, row) }
}

async function inConflict(caller: Inside, mutation: Mutation, row: SyncedRow): Promise<Conflicted> {
  const { name, mutation_id, client_generated_uuid: uuid, base_version, data } = mutation
  const { version, updatedAt } = row
  const author = await authorOf({ entity: MUTATIONS[name].entity, uuid, version }, caller.trx.client)
  return {
    mutation_id,
    status: 'conflict',
    http_status: 409,
    server_version: { version, updated_at: updatedAt.toISOString(), updated_by: author, data: dataOf(mutation, row) },
    client_version: { base_version, data },
  }
}

function toKeep({ name, client_generated_uuid: uuid }: Mutation, outcome: Outcome): KeptResult {
  const { entity } = MUTATIONS[name]
  if (outcome.status === 'conflict')
    return { status: 'conflict', uuid, entity, version: outcome.server_version.version }
  const late = outcome.late ? { late: true as const } : {}
  return { status: 'applied', uuid, entity, version: outcome.version, ...late }
}
