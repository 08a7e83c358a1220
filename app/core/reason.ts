import vine from '@vinejs/vine'
import db from '@adonisjs/lucid/services/db'
import { markAudited, refusalEntry } from '#app/core/audited'
import type { Caller } from '#app/core/caller'
import { toProblem } from '#app/core/to_problem'
import { validated } from '#app/core/validated'
import { recordRefusals } from '#app/audit/record'

const reasonValidator = vine.create({ reason: vine.string().trim().minLength(3).maxLength(500) })

/**
 * The caller with why they call; every entry of the audit that they cause keeps it. Errors: Invalid, which the audit has as
 * a refusal of `action`.
 */
export async function withReason(caller: Caller, action: string, reason: unknown): Promise<Caller> {
  try {
    return { ...caller, ...(await validated(reasonValidator, { reason })) }
  } catch (error) {
    const problem = toProblem(error)
    await recordRefusals(db.connection(), [{ caller, entry: refusalEntry(action, caller, {}, problem) }])
    markAudited(problem)
    throw problem
  }
}
