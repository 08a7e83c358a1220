import vine from '@vinejs/vine'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { isSealed } from '#app/anchors/sealing_lease'
import AuditPolicy from '#app/audit/audit_policy'
import { COUNTED } from '#app/core/browse'
import { fromSqlInstant, now, toSqlInstant } from '#app/core/clock'
import { selectRows } from '#app/core/insert_rows'
import { readCase } from '#app/core/read_case'
import { auditAnchors } from '#start/env'

const LATE_MS = 60_000

/** How far the audit is sealed, and where its checkpoints are kept besides. Whether it is intact says its verification. */
export const readAuditState = readCase({
  name: 'audit.read_state',
  input: vine.create({}),
  find: () => null,
  policy: [AuditPolicy, 'prove'],
  async run({ client }) {
    const checkpoint = await client.from('audit_checkpoints').orderBy('size', 'desc').first()
    return {
      checkpoint: checkpoint && { size: Number(checkpoint.size), at: instantOf(checkpoint.created_at) },
      unsealed: await countUnsealed(client),
      late: await countLate(client),
      /** Of rows that are not sealed, no more are counted. */
      counted: COUNTED,
      is_sealing: await isSealed(client),
      anchors: await anchorsOf(client),
    }
  },
})

/** Rows that should be sealed by now; `COUNTED + 1` says that there are more than anybody counts. */
export function countLate(client: QueryClientContract): Promise<number> {
  return countUnsealed(client, new Date(now().getTime() - LATE_MS))
}

/** Behind the last sealed one: rows commit in another order than their numbers, and the next look takes the others. */
async function countUnsealed(client: QueryClientContract, before?: Date): Promise<number> {
  const [row] = await selectRows<{ n: number }>(
    client,
    `select count(*) as n from (select 1 as one from audit_logs
       where id > coalesce((select audit_id from audit_leaves order by leaf desc limit 1), 0)
       ${before ? 'and created_at < ?' : ''} limit ${COUNTED + 1}) counted`,
    before ? [toSqlInstant(before)] : []
  )
  return Number(row!.n)
}

/** Each place that is configured, though nothing came there yet. */
export async function anchorsOf(client: QueryClientContract) {
  const rows = await client.from('audit_anchors').whereIn('place', auditAnchors())
  const known = new Map(rows.map((row) => [row.place as string, row]))
  return auditAnchors().map((place) => {
    const row = known.get(place)
    const size = row?.size ?? null
    return {
      place,
      size: size === null ? null : Number(size),
      at: row?.anchored_at ? instantOf(row.anchored_at as string) : null,
      problem: (row?.problem as string | undefined) ?? null,
    }
  })
}

const instantOf = (value: string) => fromSqlInstant(value).toISOString()
