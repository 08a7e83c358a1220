import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { consistencyProof, edgeLeaves, nodeHash, type Subtree } from '#app/audit/merkle'
import { treeOfSize } from '#app/audit/tree_head'
import { selectRows } from '#app/core/insert_rows'

const ASKED_AT_ONCE = 1_000
/** Subtrees of 1,024 leaves and more are kept: a million rows have a thousand of them. */
const KEPT_FROM = 10
const UNREAD = Buffer.alloc(32)

interface LeafRow {
  leaf: number
  hash: Buffer
  node: Buffer | null
}

/** By level, then by index, in base64: a page's rows share most of them, and each is written once. */
type Known = Map<number, string>[]

/**
 * Proofs in the tree of the first `size` leaves, of what is kept beside some leaves. A subtree that is the left of its
 * pair stands beside its last leaf. One that is the right is made of its halves, of which the left stands there:
 *
 *     4–7 = hash(4–5, 6–7) = hash(beside leaf 5, hash(leaf 6, leaf 7))
 */
export class ProofReader {
  private kept: Known = []
  private edge: { start: number; hash: Buffer }[] | undefined
  /** At most as many as the edge has subtrees. */
  private rests = new Map<number, string>()

  constructor(
    private client: QueryClientContract,
    private size: number
  ) {}

  /** Audit paths (RFC 6962, section 2.1.1), for the leaves of one page; each hash in base64. */
  async inclusion(leaves: number[]): Promise<string[][]> {
    const known: Known = []
    for (let level = 0; 2 ** level < this.size; level++)
      known.push(level < KEPT_FROM ? new Map() : (this.kept[level] ??= new Map()))
    const missing: [number, number][] = []
    for (const leaf of leaves)
      this.eachSibling(leaf, (level, index, isWhole) => {
        if (!isWhole || known[level]!.has(index)) return
        known[level]!.set(index, '')
        missing.push([level, index])
      })
    const rows = await this.readLeaves(missing)
    for (const [level, index] of missing) known[level]!.set(index, base64Of(subtreeOf(level, index, rows)))
    this.edge ??= await this.readEdge()
    return leaves.map((leaf) => this.pathOf(leaf, known))
  }

  /** That the tree of the first `former` leaves is the beginning of this one (RFC 6962, section 2.1.2). */
  async consistency(former: number): Promise<Buffer[]> {
    const missing: [number, number][] = []
    const noting: Subtree = (level, index) => {
      missing.push([level, index])
      return UNREAD
    }
    consistencyProof(former, this.size, noting)
    const rows = await this.readLeaves(missing)
    return consistencyProof(former, this.size, (level, index) => subtreeOf(level, index, rows))
  }

  /** The root of the first `former` leaves; null where leaves are missing. */
  async rootOf(former: number): Promise<Buffer | null> {
    const tree = await treeOfSize(this.client, former)
    return tree?.root() ?? null
  }

  private pathOf(leaf: number, known: Known): string[] {
    const path: string[] = []
    this.eachSibling(leaf, (level, index, isWhole) => {
      path.push(isWhole ? known[level]!.get(index)! : this.restFrom(index * 2 ** level))
    })
    return path
  }

  /** The subtrees beside the way from a leaf to the root. The last of the tree may be less than a whole one. */
  private eachSibling(leaf: number, visit: (level: number, index: number, isWhole: boolean) => void) {
    for (let [level, at, width] = [0, leaf, 1]; width < this.size; level++, at = Math.floor(at / 2), width *= 2) {
      const index = at % 2 === 0 ? at + 1 : at - 1
      if (index * width < this.size) visit(level, index, (index + 1) * width <= this.size)
    }
  }

  /** The root of the leaves from `start` to the end, which are some of the edge's subtrees. */
  private restFrom(start: number): string {
    const made = this.rests.get(start)
    if (made !== undefined) return made
    const rest = this.edge!.filter((one) => one.start >= start).map(({ hash }) => hash)
    const root = base64Of(rest.length ? rest.reduceRight((right, left) => nodeHash(left, right)) : UNREAD)
    this.rests.set(start, root)
    return root
  }

  private async readEdge() {
    const tree = await treeOfSize(this.client, this.size)
    const ends = edgeLeaves(this.size)
    return (tree?.edge ?? []).map((hash, at) => ({ start: at === 0 ? 0 : ends[at - 1]! + 1, hash }))
  }

  private async readLeaves(subtrees: [number, number][]): Promise<Map<number, LeafRow>> {
    const ends = new Set<number>()
    for (const [level, index] of subtrees) collectEnds(level, index, ends)
    const asked = [...ends]
    const found = new Map<number, LeafRow>()
    for (let from = 0; from < asked.length; from += ASKED_AT_ONCE) {
      const numbers = asked.slice(from, from + ASKED_AT_ONCE).join(', ')
      const sql = `select leaf, hash, node from audit_leaves where leaf in (${numbers})`
      for (const row of await selectRows<LeafRow>(this.client, sql)) found.set(Number(row.leaf), row)
    }
    return found
  }
}

const base64Of = (hash: Buffer) => hash.toString('base64')
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
