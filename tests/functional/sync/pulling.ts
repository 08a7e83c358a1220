import { randomUUID } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import { toSqlInstant } from '#app/core/clock'
import { newUuid } from '#app/core/ids'
import { insertRows } from '#app/core/insert_rows'
import type { Problem } from '#app/core/problem'
import { beginLoad } from '#app/sync/bootstrap'
import { pull, type Pulled, type PullRequest } from '#app/sync/pull'
import type User from '#app/users/user'
import { callerOf } from '#tests/acting'

export const isMysql = () => db.connection().dialect.name === 'mysql'

/** A device of this user that has loaded everything up to now, and pulls from there. */
export async function deviceAt(user: User) {
  const { epoch, cursor } = await beginLoad(callerOf(user), {})
  const device = {
    epoch,
    cursor: cursor as string | null,
    requestId: '',
    /** Pulls, and goes on from the answer's cursor. */
    async pull(more: Partial<PullRequest> = {}): Promise<Pulled> {
      device.requestId = randomUUID()
      const caller = { ...callerOf(user), requestId: device.requestId }
      const pulled = await pull(caller, { epoch, cursor: device.cursor, ...more })
      device.cursor = pulled.cursor
      return pulled
    },
  }
  return device
}

/** What was told of which record, shortly: 'consultation 2' is the second version of one. */
export function told({ changes }: Pulled): string[] {
  return changes.map((change) =>
    change.op === 'delete' ? `${change.entity} gone` : `${change.record.entity} ${change.record.row.version}`
  )
}

export const uuidsTold = ({ changes }: Pulled) =>
  changes.map((change) => (change.op === 'delete' ? change.uuid : change.record.row.uuid))

export async function refusalOf(work: Promise<unknown>): Promise<Problem> {
  try {
    await work
  } catch (error) {
    return error as Problem
  }
  throw new Error('nothing was refused')
}

interface MadeChange {
  scope: string
  op?: string
  at?: Date
}

/** Changes as a use-case would write them, of records that nobody has. */
export function insertChanges(changes: MadeChange[], client = db.connection()) {
  return insertRows(
    client,
    'sync_changes',
    changes.map(({ scope, op = 'upsert', at = new Date() }) => {
      return { scope, entity: 'consultation', entity_uuid: newUuid(), version: 1, op, at: toSqlInstant(at) }
    })
  )
}

export async function seqsOf(scope: string): Promise<(number | null)[]> {
  const rows = await db.from('sync_changes').where('scope', scope).orderBy('id')
  return rows.map(({ seq }) => (seq === null ? null : Number(seq)))
}

export async function headNow(): Promise<number> {
  const { seq } = await db.from('sync_heads').firstOrFail()
  return Number(seq)
}
