import db from '@adonisjs/lucid/services/db'
import { Bouncer } from '@adonisjs/bouncer'
import type { Infer } from '@vinejs/vine/types'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Actor } from '#app/core/actor'
import type { Caller, OwnedTransaction } from '#app/core/caller'
import type { ClinicalRow } from '#app/core/clinical_row'
import { requireConfirmed } from '#app/core/confirmed'
import { refuseErased } from '#app/core/erased'
import { doneEntry, identityOf, markAudited, refusalEntry } from '#app/core/audited'
import { toProblem } from '#app/core/to_problem'
import { inTransaction } from '#app/core/transaction'
import { validated, type AnyValidator } from '#app/core/validated'
import { recordInside, recordRefusals } from '#app/audit/record'
import { saveClinicalRow } from '#app/sync/record_change'

export interface Scope {
  caller: Caller
  trx: TransactionClientContract
}

export interface PrepareScope {
  caller: Caller
  /** Says whom or what this is about, for the audit of a refusal. */
  meet(subject: unknown): void
}

export interface RunScope<Subject> extends Scope {
  subject: Subject
  /** Who has turned out to call, once they have proven it: the audit's entry is theirs. */
  actAs(actor: Actor): void
  /** Saves a clinical row with its version, its former version and its change for devices. */
  save(row: ClinicalRow): Promise<void>
  /** Adds ids and names of fields to the audit entry; never clinical text. */
  note(details: Record<string, unknown>): void
}

export type PolicyClass = new (...args: any[]) => any

export interface Definition<V extends AnyValidator, Subject, Result, P extends PolicyClass, Prepared> {
  /** `domain.verb`: the audit's action, and the name that devices in the field send. */
  name: `${string}.${string}`
  /** The audit's action where it has a name of its own, as a sign-in has. */
  told?: { done: string; refused: string }
  /** Whoever signed in has to have proven it in the last five minutes, and a token is refused. */
  stepUp?: true
  input: V
  /** What is slow or belongs to no transaction, such as the hash of a password or a limit of tries. */
  prepare?(input: Infer<V>, scope: PrepareScope): Promise<Prepared>
  /** Loads the subject with all that the policy reads; locks it when `run` changes it. */
  find(input: Infer<V>, scope: Scope & { prepared: NoInfer<Prepared> }): Promise<Subject> | Subject
  policy: readonly [P, keyof InstanceType<P> & string]
  run(scope: RunScope<Subject> & { prepared: NoInfer<Prepared> }, input: Infer<V>): Promise<Result>
  /** The HTTP status of success, for the audit. */
  status?: number
}

/**
 * The only way to change a record: validate → prepare → begin or join a transaction → find → authorise → run → audit →
 * commit. Errors: a Problem; anything else is a bug. A refusal is in the audit once the transaction is rolled back.
 */
export function useCase<V extends AnyValidator, Subject, Result, P extends PolicyClass, Prepared = undefined>(
  definition: Definition<V, Subject, Result, P, Prepared>
) {
  const { name, told, prepare, status = 200 } = definition

  async function call(caller: Caller, raw: unknown): Promise<Result> {
    const seen: { subject?: unknown } = {}
    try {
      const input = await validated(definition.input, raw)
      const meet = (subject: unknown) => void (seen.subject = subject)
      const prepared = (await prepare?.(input, { caller, meet })) as Prepared
      return await inTransaction(caller, (owned) =>
        passGate(definition, { caller, owned, input, prepared, status, seen })
      )
    } catch (error) {
      const problem = toProblem(error)
      await tellRefusal(caller, refusalEntry(told?.refused ?? name, caller, identityOf(seen.subject), problem))
      markAudited(problem)
      throw problem
    }
  }

  return Object.assign(call, { useCaseName: name, input: definition.input, status, stepUp: definition.stepUp })
}

interface Passage<V extends AnyValidator, Prepared> {
  caller: Caller
  owned: OwnedTransaction
  input: Infer<V>
  prepared: Prepared
  status: number
  seen: { subject?: unknown }
}

async function passGate<V extends AnyValidator, Subject, Result, P extends PolicyClass, Prepared>(
  { name, told, stepUp, find, policy, run }: Definition<V, Subject, Result, P, Prepared>,
  { caller, owned, input, prepared, status, seen }: Passage<V, Prepared>
): Promise<Result> {
  const trx = owned.client
  const inner = { ...caller, trx: owned }
  const details: Record<string, unknown> = {}
  let user = caller.user
  const subject = await find(input, { caller: inner, trx, prepared })
  seen.subject = subject ?? seen.subject
  await authorize(caller, policy, subject, input)
  refuseErased(subject)
  if (stepUp) requireConfirmed(caller)
  const result = await run(
    {
      caller: inner,
      trx,
      subject,
      prepared,
      actAs: (actor) => void (user = actor),
      note: (more) => Object.assign(details, more),
      save: async (row) => {
        const fields = await saveClinicalRow(row, caller, trx)
        details.fields = [...((details.fields as string[]) ?? []), ...fields]
      },
    },
    input
  )
  const entry = doneEntry(told?.done ?? name, caller, identityOf(result, subject), status, details)
  await recordInside(owned, { ...caller, user }, entry)
  return result
}

export async function authorize(
  caller: Caller,
  [policy, action]: readonly [PolicyClass, string],
  ...subject: unknown[]
) {
  await new Bouncer(caller.user as never).with(policy).authorize(action as never, ...(subject as never[]))
}

/** A joined gate leaves its refusal to the owner of the transaction, which still stands open. */
async function tellRefusal(caller: Caller, entry: ReturnType<typeof refusalEntry>) {
  if (caller.trx) caller.trx.refusals.push({ caller, entry })
  else await recordRefusals(db.connection(), [{ caller, entry }])
}
