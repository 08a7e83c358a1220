import { randomBytes } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import type { Group } from '@japa/runner/core'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { AUDIT_COLUMNS, macOf, type AuditRow, type AuditValue } from '#app/audit/audit_entry'
import { now, toSqlInstant } from '#app/core/clock'
import { newUuid } from '#app/core/ids'
import { insertRows, selectRows } from '#app/core/insert_rows'
import { Keyring } from '#app/keys/keyring'
import { keyring, useKeyring } from '#app/keys/keyring_service'
import { migrate, withScratchDatabase } from '#tests/functional/database/scratch_database'

const TABLES = ['audit_leaves', 'audit_checkpoints', 'audit_anchors', 'audit_logs']

/** An audit of its own in a scratch database, with its own keys; emptied before each test of the group. */
export function anAudit(group: Group): { client: () => QueryClientContract } {
  let client: QueryClientContract
  group.setup(async () => {
    const real = keyring()
    const opened = Promise.withResolvers<void>()
    const over = Promise.withResolvers<void>()
    const closed = withScratchDatabase(async (name) => {
      await migrate(name, 'up')
      client = db.connection(name)
      if (client.dialect.name === 'mysql') await dropForeignKeys(client)
      opened.resolve()
      await over.promise
    })
    await Promise.race([opened.promise, closed])
    return async () => {
      useKeyring(real)
      over.resolve()
      await closed
    }
  })
  group.each.setup(async () => {
    const real = keyring()
    await withoutTriggers(client, async () => {
      for (const table of TABLES) await client.rawQuery(`delete from ${table}`)
    })
    useKeyring(new Keyring(real.provider, () => client))
    await keyring().prepare(client)
    return () => useKeyring(real)
  })
  return { client: () => client }
}

/** A connection of its own would have to leave them out otherwise; those of SQLite are left out with the triggers. */
async function dropForeignKeys(client: QueryClientContract) {
  await client.rawQuery('alter table audit_leaves drop foreign key audit_leaves_audit_id_foreign')
  await client.rawQuery('alter table audit_logs drop foreign key audit_logs_user_id_foreign')
}

interface Written {
  writer?: Buffer
  /** Numbers of the rows. */
  numbers: number[]
  /** When the first is written, the others a second later each. */
  at?: Date
  details?: object
  id?: number
}

/** Rows as `app/audit/record.ts` writes them, of a process that is not this one. */
export async function writeRows(client: QueryClientContract, { numbers, details = {}, id, ...given }: Written) {
  const { key } = await keyring().root('audit_mac', client)
  const writer = given.writer ?? randomBytes(8)
  const at = (given.at ?? now()).getTime()
  const rows = numbers.map((wseq, index) => {
    const row: Record<string, AuditValue> = {
      ...{ uid: newUuid(), created_at: toSqlInstant(new Date(at + index * 1000)), writer, wseq, user_id: null },
      ...{ role: 'doctor', action: 'patients.open', entity: 'patient', entity_uuid: newUuid(), patient_uuid: null },
      ...{ outcome: 'done', http_status: 200, ip_address: '192.0.2.1', user_agent: 'Zoë', request_id: `r-${wseq}` },
      details: JSON.stringify({ via: 'api', ...details }),
    }
    return { ...(id ? { id: id + index } : {}), ...row, mac: macOf(key, row) }
  })
  await insertRows(client, 'audit_logs', rows)
  return { writer }
}

export const upTo = (count: number, from = 1) => Array.from({ length: count }, (_, n) => from + n)

export function allRows(client: QueryClientContract): Promise<(AuditRow & { id: number })[]> {
  return selectRows(client, `select id, ${AUDIT_COLUMNS.join(', ')}, mac from audit_logs order by id`)
}

/** What only whoever owns the database can do: there are no triggers meanwhile, and no foreign keys. */
export async function withoutTriggers(client: QueryClientContract, work: () => Promise<unknown>) {
  const triggers = await triggersOf(client)
  for (const { name } of triggers) await client.rawQuery(`drop trigger ${name}`)
  if (client.dialect.name !== 'mysql') await client.rawQuery('pragma foreign_keys = off')
  try {
    await work()
  } finally {
    if (client.dialect.name !== 'mysql') await client.rawQuery('pragma foreign_keys = on')
    for (const { sql } of triggers) await client.rawQuery(sql)
  }
}

async function triggersOf(client: QueryClientContract): Promise<{ name: string; sql: string }[]> {
  if (client.dialect.name !== 'mysql')
    return selectRows(client, "select name, sql from sqlite_master where type = 'trigger' and tbl_name like 'audit_%'")
  const rows = await selectRows<Record<string, string>>(client, "show triggers like 'audit_%'")
  return rows.map((row) => ({
    name: row.Trigger!,
    sql: `create trigger ${row.Trigger} ${row.Timing} ${row.Event} on ${row.Table} for each row ${row.Statement}`,
  }))
}
