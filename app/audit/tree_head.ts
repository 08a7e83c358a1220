import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { AuditKeys } from '#app/audit/audit_keys'
import { isSignedBy, readCheckpoint, type Checkpoint } from '#app/audit/checkpoint'
import { edgeLeaves, Tree } from '#app/audit/merkle'
import { toSqlInstant } from '#app/core/clock'
import { selectRows } from '#app/core/insert_rows'

export interface CheckpointRow {
  size: number
  root: Buffer
  note: string
  created_at: string
}

/** What is sealed does not fit to itself, or to what was signed or anchored before: nothing more is signed. */
export class AuditInconsistent extends Error {
  constructor(readonly reason: string) {
    super(`the audit is not sealed further: ${reason}`)
    this.name = 'AuditInconsistent'
  }
}

/** The note of a row that says what its columns say, signed by us; else why not. */
export function checkRow(row: CheckpointRow, { verifiers }: AuditKeys): Checkpoint | 'altered' | 'unsigned' {
  let checkpoint
  try {
    checkpoint = readCheckpoint(row.note)
  } catch {
    return 'altered'
  }
  if (!verifiers.some((verifier) => isSignedBy(checkpoint, verifier))) return 'unsigned'
  const { origin, size, root, time } = checkpoint
  const isSame =
    size === Number(row.size) && Buffer.isBuffer(row.root) && root.equals(row.root) && origin === verifiers[0]!.name
  return isSame && time !== null && toSqlInstant(new Date(time)) === row.created_at ? checkpoint : 'altered'
}

/** Null before the first. Errors: AuditInconsistent when it is not signed by us. */
export async function lastCheckpoint(client: QueryClientContract, keys: AuditKeys): Promise<CheckpointRow | null> {
  const row: CheckpointRow | null = await client.from('audit_checkpoints').orderBy('size', 'desc').first()
  return row && ownCheckpoint(row, keys)
}

function ownCheckpoint(row: CheckpointRow, keys: AuditKeys): CheckpointRow {
  if (typeof checkRow(row, keys) === 'string') throw new AuditInconsistent('the last checkpoint is not ours')
  return row
}

/** The tree as far as it is sealed, held against the last checkpoint. Errors: AuditInconsistent. */
export async function sealedTree(client: QueryClientContract, keys: AuditKeys): Promise<Tree> {
  const { leaf, ...last } = await readHead(client)
  const row = last.size === null ? null : ownCheckpoint(last as CheckpointRow, keys)
  const size = Number(row?.size ?? 0)
  if (Number(leaf ?? -1) !== size - 1) throw new AuditInconsistent('leaves and checkpoints do not end together')
  const tree = await treeOfSize(client, size)
  if (row && !tree?.root().equals(row.root))
    throw new AuditInconsistent('the leaves do not lead to the last checkpoint')
  return tree!
}

type Head = { leaf: number | null } & { [Column in keyof CheckpointRow]: CheckpointRow[Column] | null }

/** The last leaf and the last checkpoint in one statement: between two of them another may have sealed. */
async function readHead(client: QueryClientContract): Promise<Head> {
  const [head] = await selectRows<Head>(
    client,
    `select l.leaf, c.size, c.root, c.note, c.created_at
     from (select max(leaf) as leaf from audit_leaves) l
     left join (select size, root, note, created_at from audit_checkpoints order by size desc limit 1) c on 1 = 1`
  )
  return head!
}

/** The tree of the first leaves, of what is kept beside some of them: log2(size) rows. Null where one is missing. */
export async function treeOfSize(client: QueryClientContract, size: number): Promise<Tree | null> {
  const ends = edgeLeaves(size)
  if (!ends.length) return new Tree()
  const rows = await client.from('audit_leaves').whereIn('leaf', ends).orderBy('leaf').select('leaf', 'hash', 'node')
  const isWhole = rows.length === ends.length && rows.every((row, at) => Number(row.leaf) === ends[at])
  return isWhole
    ? new Tree(
        size,
        rows.map(({ hash, node }) => node ?? hash)
      )
    : null
}
