import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { sealsOf } from '#app/audit/audit_entry'
import { auditKeys, type AuditKeys } from '#app/audit/audit_keys'
import { AnchorPass, type Anchor } from '#app/audit/anchor'
import { Findings, type Finding, type Notice } from '#app/audit/findings'
import { Tree } from '#app/audit/merkle'
import { unsealedRows } from '#app/audit/seal'
import { checkRow, treeOfSize } from '#app/audit/tree_head'
import { CheckpointPass } from '#app/audit/verify_checkpoints'
import { verifyLeaves } from '#app/audit/verify_leaves'
import { verifyNumbers } from '#app/audit/verify_numbers'
import { verifyRange, within } from '#app/audit/verify_range'
import { fromSqlInstant, now } from '#app/core/clock'
import { selectRows } from '#app/core/insert_rows'
import { NotFound } from '#app/core/problem'

/** A row is sealed within seconds while a server runs. */
const SEALED_WITHIN_MS = 60_000

export interface VerifyOptions {
  /** Places outside of the database that can be read. */
  anchors?: Anchor[]
  /** The size of the checkpoint from which on is verified; what stands before it is taken as it is. */
  from?: number
  /** A server seals now: what it leaves lying is a finding, and otherwise worth a notice. */
  isSealing?: boolean
  onProgress?: (progress: { rows: number; total: number }) => void
}

export interface Verified {
  /** Rows in the tree that were read, and rows that are not sealed yet. */
  rows: number
  unsealed: number
  checkpoints: number
  size: number
  /** The first thousand; `count` says how many there are. */
  findings: Finding[]
  count: number
  notices: Notice[]
}

/**
 * Reads the whole audit once and tells what does not fit: codes, leaves, roots, signatures, anchors, numbers.
 * Errors: `not_found` for a `from` that no checkpoint has.
 */
export async function verifyAudit(client: QueryClientContract, options: VerifyOptions = {}): Promise<Verified> {
  const { anchors = [], from = 0, isSealing = false, onProgress } = options
  const keys = await auditKeys(client)
  const told = new Findings()
  const { size, leaves } = await endOf(client)
  const tree = await beginAt(client, { from, keys, told })
  const checkpoints = new CheckpointPass({ client, keys, told, from })
  const anchored = await AnchorPass.read(anchors, { client, keys, told, size, from })
  anchored.compare(tree)
  const rows = await verifyLeaves({
    ...{ client, keys, tree, told, size: leaves, signed: size },
    onPage: async (upTo) => {
      await checkpoints.readUpTo(upTo)
      onProgress?.({ rows: tree.size - from, total: size - from })
    },
    onLeaf: () => {
      checkpoints.compare(tree)
      anchored.compare(tree)
    },
  })
  if (leaves < size) told.tell('tree_truncated', { size, count: size - leaves })
  if (leaves > size) told.tell('leaves_unsigned', { leaf: size, count: leaves - size })
  const unsealed = await verifyUnsealed(client, keys, { told, isSealing })
  await verifyNumbers(client, keys, told)
  await verifyRange(client, told)
  const { findings, count, notices } = told
  return { rows, unsealed, checkpoints: checkpoints.count, size, findings, count, notices }
}

/** How far checkpoints and leaves go, in one statement: while a server seals both grow together. */
async function endOf(client: QueryClientContract): Promise<{ size: number; leaves: number }> {
  const [row] = await selectRows<{ size: number | null; leaf: number | null }>(
    client,
    `select (select max(size) from audit_checkpoints where ${within('size', 1)}) as size,
       (select max(leaf) from audit_leaves where ${within('leaf', 0)}) as leaf`
  )
  return { size: Number(row?.size ?? 0), leaves: Number(row?.leaf ?? -1) + 1 }
}

async function beginAt(
  client: QueryClientContract,
  { from, keys, told }: { from: number; keys: AuditKeys; told: Findings }
): Promise<Tree> {
  if (!from) return new Tree()
  const row = await client.from('audit_checkpoints').where('size', from).first()
  const tree = row && (await treeOfSize(client, from))
  if (!tree) throw new NotFound('not_found')
  if (typeof checkRow(row, keys) === 'string') told.tell('checkpoint_altered', { size: from, at: row.created_at })
  if (!tree.root().equals(row.root)) told.tell('root_differs', { size: from })
  return tree
}

/** Rows that no leaf names yet have their codes all the same. */
async function verifyUnsealed(
  client: QueryClientContract,
  { macKeys }: AuditKeys,
  { told, isSealing }: { told: Findings; isSealing: boolean }
): Promise<number> {
  const due = now().getTime() - SEALED_WITHIN_MS
  let [unsealed, late] = [0, 0]
  for await (const rows of unsealedRows(client, 0)) {
    unsealed += rows.length
    for (const row of rows) {
      const at = row.created_at as string
      if (!sealsOf(macKeys, row).hasMac) told.tell('row_forged', { id: Number(row.id), uid: row.uid as string, at })
      if (fromSqlInstant(at).getTime() < due) late++
    }
  }
  if (late && isSealing) told.tell('unsealed', { count: late })
  else if (late) told.note('unsealed', { count: late })
  return unsealed
}
