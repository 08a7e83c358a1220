import db from '@adonisjs/lucid/services/db'
import type { Caller } from '#app/core/caller'
import { recordRead } from '#app/audit/record'

/**
 * The entry of a request that no use-case has told of: 401, 404, 405, 413, 415, 429, or a bug before the gate. `times` is
 * for how many of one address it stands.
 */
export function recordRequest(caller: Caller, httpStatus: number, code: string, times = 1): Promise<void> {
  return recordRead(() => db.connection(), caller, {
    action: 'http_request',
    outcome: httpStatus < 500 ? 'refused' : 'failed',
    httpStatus,
    details: { code, times: times > 1 ? times : undefined },
  })
}
