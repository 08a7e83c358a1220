import db from '@adonisjs/lucid/services/db'
import type { Infer } from '@vinejs/vine/types'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { Caller } from '#app/core/caller'
import type { AuditIdentity } from '#app/core/clinical_row'
import { doneEntry, identityOf, markAudited, refusalEntry } from '#app/core/audited'
import { refuseErased } from '#app/core/erased'
import { toProblem } from '#app/core/to_problem'
import { authorize, type PolicyClass } from '#app/core/use_case'
import { validated, type AnyValidator } from '#app/core/validated'
import { recordInside, recordRead } from '#app/audit/record'
import type { AuditEntry } from '#app/audit/audit_entry'
import { readConnection } from '#config/database'

export interface ReadScope {
  caller: Caller
  client: QueryClientContract
}

interface ReadDefinition<V extends AnyValidator, Subject, Result, P extends PolicyClass> {
  name: `${string}.${string}`
  input: V
  find(input: Infer<V>, scope: ReadScope): Promise<Subject> | Subject
  policy: readonly [P, keyof InstanceType<P> & string]
  run(scope: ReadScope & { subject: Subject }, input: Infer<V>): Promise<Result> | Result
  /** What the audit keeps of the answer: the uuids of a list. */
  details?(result: Result): Record<string, unknown>
  /** What the audit keeps of how the subject came to be open, and under which action where that is not the name. */
  access?(caller: Caller, subject: NoInfer<Subject>): { action?: string; details: Record<string, unknown> }
  /** Where it opens several charts, an entry for each of them instead of one for the whole: none where nothing left. */
  entries?(result: Result): ChartEntry[]
  /** Tells nothing of the patient, so that it is there once they are erased. */
  outlivesErasure?: true
}

export interface ChartEntry {
  identity: AuditIdentity
  details: Record<string, unknown>
}

/**
 * The only way to open a record: validate → find → authorise → run → await the audit. No transaction; the answer leaves
 * only once its audit entry is written.
 * Errors: a Problem; `audit_unavailable` when the entry cannot be written.
 */
export function readCase<V extends AnyValidator, Subject, Result, P extends PolicyClass>(
  definition: ReadDefinition<V, Subject, Result, P>
) {
  const { name, input: validator, find, policy, run, details, access, entries, outlivesErasure } = definition

  async function call(caller: Caller, raw: unknown): Promise<Result> {
    let subject: Subject | undefined
    try {
      const input = await validated(validator, raw)
      const scope = { caller, client: caller.trx?.client ?? db.connection(readConnection) }
      subject = await find(input, scope)
      await authorize(caller, policy, subject, input)
      if (!outlivesErasure) refuseErased(subject)
      const result = await run({ ...scope, subject }, input)
      const seen = access?.(caller, subject)
      const opened = entries?.(result) ?? [{ identity: identityOf(result, subject), details: details?.(result) }]
      const told = opened.map(({ identity, details: more }) =>
        doneEntry(seen?.action ?? name, caller, identity, 200, { ...seen?.details, ...more })
      )
      await Promise.all(told.map((entry) => tell(caller, entry)))
      return result
    } catch (error) {
      const problem = toProblem(error)
      await tellRefusal(caller, refusalEntry(name, caller, identityOf(subject), problem))
      markAudited(problem)
      throw problem
    }
  }

  return Object.assign(call, { useCaseName: name, input: validator, status: 200 })
}

async function tell(caller: Caller, entry: AuditEntry) {
  if (caller.trx) await recordInside(caller.trx, caller, entry)
  else await recordRead(() => db.connection(), caller, entry)
}

/** The transaction that a refusal ends would take its entry along, so that the owner writes it afterwards. */
async function tellRefusal(caller: Caller, entry: AuditEntry) {
  if (caller.trx) caller.trx.refusals.push({ caller, entry })
  else await recordRead(() => db.connection(), caller, entry)
}
