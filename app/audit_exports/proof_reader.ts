import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { consistencyProof, inclusionProof, nodeHash, type Subtree } from '#app/audit/merkle'
import { treeOfSize } from '#app/audit/tree_head'

const ASKED_AT_ONCE = 1_000
/** Subtrees of 1,024 leaves and more are kept: a million rows have a thousand of them. */
const KEPT_FROM = 10
const UNREAD = Buffer.alloc(32)

interface LeafRow {
  leaf: number
  hash: Buffer
  node: Buffer | null
}

/**
 * Proofs in the tree of the first `size` leaves, of what is kept beside some leaves. A subtree that is the left of its
 * pair stands beside its last leaf. One that is the right is made of its halves, of which the left stands there:
 *
 *     4–7 = hash(4–5, 6–7) = hash(beside leaf 5, hash(leaf 6, leaf 7))
 */
export class ProofReader {
  private kept = new Map<number, Buffer>()

  constructor(
    private client: QueryClientContract,
    private size: number
  ) {}

  /** Audit paths (RFC 6962, section 2.1.1), for leaves of one page. */
  inclusion(leaves: number[]): Promise<Buffer[][]> {
    return this.read((subtree) => leaves.map((leaf) => inclusionProof(leaf, this.size, subtree)))
  }

  /** That the tree of the first `former` leaves is the beginning of this one (RFC 6962, section 2.1.2). */
  consistency(former: number): Promise<Buffer[]> {
    return this.read((subtree) => consistencyProof(former, this.size, subtree))
  }

  /** The root of the first `former` leaves; null where leaves are missing. */
  async rootOf(former: number): Promise<Buffer | null> {
    const tree = await treeOfSize(this.client, former)
    return tree?.root() ?? null
  }

  /** Makes the proofs twice: to learn what they need, and of what was read. */
  private async read<T>(prove: (subtree: Subtree) => T): Promise<T> {
    const ends = new Set<number>()
    const known = new Map(this.kept)
    prove((level, index) => {
      if (!known.has(keyOf(level, index))) collectEnds(level, index, ends)
      return UNREAD
    })
    const rows = await this.readLeaves([...ends])
    const subtree: Subtree = (level, index) => {
      const key = keyOf(level, index)
      const found = known.get(key) ?? subtreeOf(level, index, rows)
      known.set(key, found)
      if (level >= KEPT_FROM) this.kept.set(key, found)
      return found
    }
    return prove(subtree)
  }

  private async readLeaves(ends: number[]): Promise<Map<number, LeafRow>> {
    const found = new Map<number, LeafRow>()
    for (let from = 0; from < ends.length; from += ASKED_AT_ONCE) {
      const asked = ends.slice(from, from + ASKED_AT_ONCE)
      const rows: LeafRow[] = await this.client
        .from('audit_leaves')
        .whereIn('leaf', asked)
        .select('leaf', 'hash', 'node')
      for (const row of rows) found.set(Number(row.leaf), row)
    }
    return found
  }
}

/** Levels are below 64, and numbers of leaves below 2^44. */
const keyOf = (level: number, index: number) => level * 2 ** 44 + index
const endOf = (level: number, index: number) => (index + 1) * 2 ** level - 1

function collectEnds(level: number, index: number, ends: Set<number>) {
  if (level === 0 || index % 2 === 0) return void ends.add(endOf(level, index))
  collectEnds(level - 1, index * 2, ends)
  collectEnds(level - 1, index * 2 + 1, ends)
}

/** A leaf that somebody deleted leaves a proof that leads nowhere. */
function subtreeOf(level: number, index: number, rows: Map<number, LeafRow>): Buffer {
  const row = rows.get(endOf(level, index))
  if (level === 0) return row?.hash ?? UNREAD
  if (index % 2 === 0) return row?.node ?? UNREAD
  return nodeHash(subtreeOf(level - 1, index * 2, rows), subtreeOf(level - 1, index * 2 + 1, rows))
}
