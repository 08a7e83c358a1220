import db from '@adonisjs/lucid/services/db'
import { isAudited, refusalEntry } from '#app/core/audited'
import type { Caller } from '#app/core/caller'
import { recordRead } from '#app/audit/record'

/** The entry of a mutation that came to no use-case: malformed, or its id used for something else. */
export async function tellRefusal(caller: Caller, error: unknown) {
  if (isAudited(error)) return
  await recordRead(() => db.connection(), caller, refusalEntry('sync.push', caller, {}, error))
}
