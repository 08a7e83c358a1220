import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import { assertAgrees, type Anchor } from '#app/audit/anchor'
import { AUDIT_COLUMNS, leafHashOf, type AuditRow } from '#app/audit/audit_entry'
import { auditKeys, type AuditKeys } from '#app/audit/audit_keys'
import { writeCheckpoint } from '#app/audit/checkpoint'
import type { Tree } from '#app/audit/merkle'
import { AuditInconsistent, sealedTree } from '#app/audit/tree_head'
import { now, toSqlInstant } from '#app/core/clock'
import { insertRows, isDuplicate, selectRows } from '#app/core/insert_rows'
import { retryTransient } from '#app/core/retry_transient'
import { keyring } from '#app/keys/keyring_service'
import type { Keyring } from '#app/keys/keyring'

/** Ids that one statement looks through, and rows that one checkpoint takes at most. */
const LOOKED_AT = 20_000
const BATCH = 2_000

/** A transaction of ours is over by then: what it wrote is there, or never will be. */
export const OPEN_FOR_MS = 15 * 60_000

/**
 * Rows commit in another order than their ids, so that every look goes back behind the last seal: a minute each time,
 * now and then as long as a transaction may last, and rarely over everything.
 */
const LOOKS = { minute: 60_000, window: OPEN_FOR_MS, all: Infinity }

interface SealOptions {
  look?: keyof typeof LOOKS
  /** Asked before the first signature of this process, and every ten minutes. */
  anchors?: Anchor[]
  /** Called in each transaction; throws when another process seals by now. */
  assertHeld?: (trx: TransactionClientContract) => Promise<void>
}

/** What this process signed last. A database that was put back to before it does not have it any more. */
const signedLast = new WeakMap<Keyring, { size: number; root: Buffer }>()

/**
 * Appends unsealed rows to the tree and signs checkpoints. Two that seal at once meet at the same leaf: one of them is
 * rolled back, and leaves the rest to the other. Errors: AuditInconsistent, and then nothing is signed.
 */
export function sealAudit(client: QueryClientContract, options: SealOptions = {}) {
  // Of two that wait for one another MariaDB undoes one, also where the other was killed meanwhile.
  return retryTransient(() => sealOnce(client, options))
}

async function sealOnce(
  client: QueryClientContract,
  { look = 'all', anchors = [], assertHeld }: SealOptions
): Promise<{ sealed: number; size: number }> {
  const keys = await auditKeys(client)
  const tree = await sealedTree(client, keys)
  await assertSignedIsThere(client)
  await assertAnchorsAgree(client, anchors, keys)
  const begun = tree.size
  let size = begun
  try {
    for await (const rows of unsealedRows(client, await floorOf(client, LOOKS[look])))
      size = await append(client, tree, rows, { keys, assertHeld })
  } catch (error) {
    if (!isDuplicate(error)) throw error
  }
  return { sealed: size - begun, size }
}

async function assertSignedIsThere(client: QueryClientContract) {
  const last = signedLast.get(keyring())
  const row = last && (await client.from('audit_checkpoints').where('size', last.size).select('root').first())
  if (last && !row?.root.equals(last.root)) throw new AuditInconsistent('what was signed here before is gone')
}

const ASKED_EVERY_MS = 10 * 60_000
/** A place that disagrees is asked again sooner. */
const REFUSED_FOR_MS = 60_000
const asked = new WeakMap<Keyring, { until: number; refusal?: unknown }>()

async function assertAnchorsAgree(client: QueryClientContract, anchors: Anchor[], keys: AuditKeys) {
  if (!anchors.length) return
  const known = asked.get(keyring())
  if (known && known.until > performance.now()) {
    if (known.refusal) throw known.refusal
    return
  }
  try {
    for (const anchor of anchors) await assertAgrees(anchor, client, keys)
    asked.set(keyring(), { until: performance.now() + ASKED_EVERY_MS })
  } catch (refusal) {
    asked.set(keyring(), { until: performance.now() + REFUSED_FOR_MS, refusal })
    throw refusal
  }
}

/** The id of the row that was sealed last so long ago; what was committed since has a larger one, or was open then. */
async function floorOf(client: QueryClientContract, milliseconds: number): Promise<number> {
  if (milliseconds === Infinity) return 0
  const before = toSqlInstant(new Date(now().getTime() - milliseconds))
  const [row] = await selectRows<{ audit_id: number }>(
    client,
    `select audit_id from audit_leaves where leaf =
       (select size from audit_checkpoints where created_at <= ? order by size desc limit 1) - 1`,
    [before]
  )
  return Number(row?.audit_id ?? 0)
}

type UnsealedRow = AuditRow & { id: number }

/** Rows without a leaf, by id: each page is sealed before the next is read. */
export async function* unsealedRows(client: QueryClientContract, floor: number): AsyncGenerator<UnsealedRow[]> {
  const [top] = await selectRows<{ id: number | null }>(client, 'select max(id) as id from audit_logs')
  const last = Number(top?.id ?? 0)
  for (let from = floor; from < last;) {
    const to = Math.min(from + LOOKED_AT, last)
    const rows = await selectRows<UnsealedRow>(
      client,
      `select a.id, ${AUDIT_COLUMNS.map((column) => `a.${column}`).join(', ')}, a.mac
       from audit_logs a left join audit_leaves l on l.audit_id = a.id
       where a.id > ? and a.id <= ? and l.audit_id is null order by a.id limit ${BATCH}`,
      [from, to]
    )
    if (rows.length) yield rows
    if (rows.length === BATCH) from = Number(rows.at(-1)!.id)
    else from = rows.length ? to : await beforeNext(client, to)
  }
}

/** One row whose number somebody made large would otherwise have all between looked through. */
async function beforeNext(client: QueryClientContract, id: number): Promise<number> {
  const [next] = await selectRows<{ id: number | null }>(client, 'select min(id) as id from audit_logs where id > ?', [
    id,
  ])
  return Math.max(id, Number(next?.id ?? Infinity) - 1)
}

async function append(
  client: QueryClientContract,
  tree: Tree,
  rows: UnsealedRow[],
  { keys, assertHeld }: Pick<SealOptions, 'assertHeld'> & { keys: AuditKeys }
): Promise<number> {
  const [previous, time] = [tree.size, now()]
  const leaves = rows.map((row) => {
    const [leaf, hash] = [tree.size, leafHashOf(row)]
    const node = tree.add(hash)
    return { leaf, audit_id: row.id, hash, node: node === hash ? null : node }
  })
  const [size, root] = [tree.size, tree.root()]
  const note = writeCheckpoint({ size, root, previous, time }, keys.signer)
  await client.transaction(async (trx) => {
    await insertRows(trx, 'audit_leaves', leaves)
    await insertRows(trx, 'audit_checkpoints', [{ size, root, note, created_at: toSqlInstant(time) }])
    // Last: SQLite refuses a transaction that reads before it writes when another process wrote meanwhile.
    await assertHeld?.(trx)
  })
  signedLast.set(keyring(), { size, root })
  return size
}
