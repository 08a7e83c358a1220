import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import { fileAnchor } from '#app/anchors/file_anchor'
import type { Anchor } from '#app/audit/anchor'
import { AUDIT_COLUMNS } from '#app/audit/audit_entry'
import { sealAudit } from '#app/audit/seal'
import { moveClock, now } from '#app/core/clock'
import { selectRows } from '#app/core/insert_rows'
import { Keyring } from '#app/keys/keyring'
import { keyring, useKeyring } from '#app/keys/keyring_service'
import { upTo, writeRows } from '#tests/functional/audit/some_audit'

const ROUNDS = 18
const MINUTE_MS = 60_000
/** Longer than a transaction may be open, so that a missing number is no unfinished one. */
const APART_MS = 20 * MINUTE_MS
const TABLES = { audit_logs: 'id', audit_leaves: 'leaf', audit_checkpoints: 'size' }

/** An audit of some hundred rows that is sound, with a place outside that has some of its checkpoints. */
export interface World {
  client: QueryClientContract
  anchor: Anchor
  random: () => number
  /** The sizes of its checkpoints. */
  sizes: number[]
  /** Processes that go on, each with its last number. */
  writers: { writer: Buffer; last: number }[]
}

/**
 * Made by whoever owns the database: without triggers, and without the keys that forbid a double. Rows are of processes
 * that begin, go on and end, twenty minutes from round to round; those of the last round are not sealed.
 */
export async function aSoundAudit(client: QueryClientContract, random: () => number): Promise<World> {
  await disarm(client)
  useKeyring(new Keyring(keyring().provider, () => client))
  await keyring().prepare(client)
  const folder = await mkdtemp(join(process.env.DATA_DIR!, 'anchors-'))
  const anchor = fileAnchor(join(folder, 'anchor.txt'))
  const writers = upTo(4).map(() => ({ writer: randomBytes(8), last: 0 }))
  try {
    for (let round = 0; round <= ROUNDS; round++) {
      moveClock((round - ROUNDS) * APART_MS)
      if (random() < 0.2) writers[Math.floor(random() * writers.length)] = { writer: randomBytes(8), last: 0 }
      for (const one of writers) await writeOn(client, one, 1 + Math.floor(random() * 9), now())
      if (round === ROUNDS) break
      await sealAudit(client)
      if (round % 4 === 1) await anchor.put(await lastNote(client))
    }
  } finally {
    moveClock(0)
  }
  const rows = await client.from('audit_checkpoints').orderBy('size').select('size')
  return { client, anchor, random, sizes: rows.map(({ size }) => Number(size)), writers }
}

/** As a process does that goes on. */
export async function writeOn(
  client: QueryClientContract,
  one: World['writers'][number],
  count: number,
  at: Date
): Promise<void> {
  await writeRows(client, {
    writer: one.writer,
    numbers: upTo(count, one.last + 1),
    at: new Date(at.getTime() - count * 1000),
  })
  one.last += count
}

/** By a server that has just started. */
export async function sealAnew(client: QueryClientContract) {
  const real = keyring()
  useKeyring(new Keyring(real.provider, () => client))
  try {
    await sealAudit(client)
  } finally {
    useKeyring(real)
  }
}

async function lastNote(client: QueryClientContract): Promise<string> {
  const { note } = await client.from('audit_checkpoints').orderBy('size', 'desc').firstOrFail()
  return note as string
}

async function disarm(client: QueryClientContract) {
  const isMysql = client.dialect.name === 'mysql'
  const triggers: Record<string, string>[] = isMysql
    ? await selectRows(client, "show triggers like 'audit_%'")
    : await selectRows(
        client,
        "select name as `Trigger` from sqlite_master where type = 'trigger' and tbl_name like 'audit_%'"
      )
  for (const { Trigger: name } of triggers) await client.rawQuery(`drop trigger ${name}`)
  for (const key of ['audit_logs_uid_unique', 'audit_logs_writer_wseq_unique'])
    await client.rawQuery(`drop index ${key}${isMysql ? ' on audit_logs' : ''}`)
  if (isMysql) {
    await client.rawQuery('alter table audit_leaves drop foreign key audit_leaves_audit_id_foreign')
    await client.rawQuery('alter table audit_logs drop foreign key audit_logs_user_id_foreign')
  } else await client.rawQuery('pragma foreign_keys = off')
  for (const table of Object.keys(TABLES).reverse()) await client.rawQuery(`delete from ${table}`)
}

/** What is in the tables: a mutation that leaves it as it was is none. */
export async function fingerprint(client: QueryClientContract): Promise<string> {
  const digest = createHash('sha256')
  const columns = {
    audit_logs: ['id', ...AUDIT_COLUMNS, 'mac'],
    audit_leaves: ['leaf', 'audit_id', 'hash', 'node'],
    audit_checkpoints: ['size', 'root', 'note', 'created_at'],
  }
  for (const [table, key] of Object.entries(TABLES)) {
    const names = columns[table as keyof typeof columns]
    const rows = await selectRows<Record<string, unknown>>(
      client,
      `select ${names.join(', ')} from ${table} order by ${key}`
    )
    digest.update(JSON.stringify(rows.map((row) => names.map((name) => row[name]))))
  }
  return digest.digest('hex')
}

/** Whatever was done to the tables in it is undone at its end. */
export async function undone<T>(client: QueryClientContract, work: (trx: TransactionClientContract) => Promise<T>) {
  const trx = await client.transaction()
  try {
    return await work(trx)
  } finally {
    await trx.rollback()
  }
}
