import db from '@adonisjs/lucid/services/db'
import { Bouncer } from '@adonisjs/bouncer'
import type { Infer } from '@vinejs/vine/types'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Caller, OwnedTransaction } from '#app/core/caller'
import type { ClinicalRow } from '#app/core/clinical_row'
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

export interface RunScope<Subject> extends Scope {
  subject: Subject
  /** Saves a clinical row with its version, its former version and its change for devices. */
  save(row: ClinicalRow): Promise<void>
  /** Adds ids and names of fields to the audit entry; never clinical text. */
  note(details: Record<string, unknown>): void
}

export type PolicyClass = new (...args: any[]) => any

export interface Definition<V extends AnyValidator, Subject, Result, P extends PolicyClass> {
  /** `domain.verb`: the audit's action, and the name that devices in the field send. */
  name: `${string}.${string}`
  input: V
  /** Loads the subject with all that the policy reads; locks it when `run` changes it. */
  find(input: Infer<V>, scope: Scope): Promise<Subject> | Subject
  policy: readonly [P, keyof InstanceType<P> & string]
  run(scope: RunScope<Subject>, input: Infer<V>): Promise<Result>
  /** The HTTP status of success, for the audit. */
  status?: number
}

/**
 * The only way to change a record: validate → begin or join a transaction → find → authorise → run → audit → commit.
 * Errors: a Problem; anything else is a bug. A refusal is in the audit once the transaction is rolled back.
 */
export function useCase<V extends AnyValidator, Subject, Result, P extends PolicyClass>(
  definition: Definition<V, Subject, Result, P>
) {
  const { name, status = 200 } = definition

  async function call(caller: Caller, raw: unknown): Promise<Result> {
    const seen: { subject?: unknown } = {}
    try {
      const input = await validated(definition.input, raw)
      return await inTransaction(caller, (owned) => passGate(definition, { caller, owned, input, status, seen }))
    } catch (error) {
      const problem = toProblem(error)
      await tellRefusal(caller, refusalEntry(name, caller, identityOf(seen.subject), problem))
      markAudited(problem)
      throw problem
    }
  }

  return Object.assign(call, { useCaseName: name, input: definition.input, status })
}

interface Passage<V extends AnyValidator> {
  caller: Caller
  owned: OwnedTransaction
  input: Infer<V>
  status: number
  seen: { subject?: unknown }
}

async function passGate<V extends AnyValidator, Subject, Result, P extends PolicyClass>(
  { name, find, policy, run }: Definition<V, Subject, Result, P>,
  { caller, owned, input, status, seen }: Passage<V>
): Promise<Result> {
  const trx = owned.client
  const inner = { ...caller, trx: owned }
  const details: Record<string, unknown> = {}
  const subject = await find(input, { caller: inner, trx })
  seen.subject = subject
  await authorize(caller, policy, subject, input)
  const result = await run(
    {
      caller: inner,
      trx,
      subject,
      note: (more) => Object.assign(details, more),
      save: async (row) => {
        const fields = await saveClinicalRow(row, caller, trx)
        details.fields = [...((details.fields as string[]) ?? []), ...fields]
      },
    },
    input
  )
  await recordInside(owned, caller, doneEntry(name, caller, identityOf(result, subject), status, details))
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
