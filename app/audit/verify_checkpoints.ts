import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { AuditKeys } from '#app/audit/audit_keys'
import type { Findings } from '#app/audit/findings'
import type { Tree } from '#app/audit/merkle'
import { checkRow, type CheckpointRow } from '#app/audit/tree_head'

const PAGE = 500

interface Pass {
  client: QueryClientContract
  keys: AuditKeys
  told: Findings
  /** The size at which the pass begins. */
  from: number
}

/** Checkpoints in the order of their sizes, each held against the tree when that has grown to its size. */
export class CheckpointPass {
  count = 0
  private expected: { size: number; root: Buffer }[] = []
  private last: number
  private hasDiffered = false

  constructor(private pass: Pass) {
    this.last = pass.from
  }

  /** Reads on up to this size: signatures, and what each says of the one before. */
  async readUpTo(size: number) {
    for (let rows = await this.readPage(size); rows.length; rows = await this.readPage(size))
      for (const row of rows) this.take(row)
  }

  private readPage(size: number): Promise<CheckpointRow[]> {
    const query = this.pass.client.from('audit_checkpoints').where('size', '>', this.last).where('size', '<=', size)
    return query.orderBy('size').limit(PAGE)
  }

  private take(row: CheckpointRow) {
    const { keys, told } = this.pass
    const size = Number(row.size)
    const checked = checkRow(row, keys)
    if (checked === 'altered') told.tell('checkpoint_altered', { size, at: row.created_at })
    else if (checked === 'unsigned') told.tell('checkpoint_unsigned', { size, at: row.created_at })
    else if (checked.previous !== this.last) told.tell('checkpoint_missing', { size: checked.previous ?? undefined })
    this.expected.push({ size, root: row.root })
    this.last = size
    this.count++
  }

  /** To be called after each leaf. Once a root differs every later one does, so that the first is told alone. */
  compare(tree: Tree) {
    if (this.expected[0]?.size !== tree.size) return
    const { size, root } = this.expected.shift()!
    if (this.hasDiffered || (Buffer.isBuffer(root) && tree.root().equals(root))) return
    this.hasDiffered = true
    this.pass.told.tell('root_differs', { size })
  }
}
