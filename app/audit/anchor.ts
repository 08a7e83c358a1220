import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { AuditKeys } from '#app/audit/audit_keys'
import { isSignedBy, readCheckpoint, type Checkpoint } from '#app/audit/checkpoint'
import type { Findings } from '#app/audit/findings'
import type { Tree } from '#app/audit/merkle'
import { AuditInconsistent } from '#app/audit/tree_head'

/** A place outside of the database where checkpoints are kept, so that a database that was put back shows. */
export interface Anchor {
  /** Its address as it is configured. */
  place: string
  /** Keeps one more. Errors: whatever network or disk say. */
  put(note: string): Promise<void>
  /** What is kept there, oldest first, or only the newest so many; left out where nothing can be read back. */
  read?(newest?: number): Promise<string[]>
}

/**
 * Nothing is signed, or anchored, of a database that has less than the place, or something else.
 * Answers the size of its newest checkpoint, null where that is none of ours, undefined where nothing can be read.
 * Errors: AuditInconsistent; what cannot be read says nothing.
 */
export async function assertAgrees(
  { place, read }: Anchor,
  client: QueryClientContract,
  keys: AuditKeys
): Promise<number | null | undefined> {
  const notes = await read?.(1).catch(() => undefined)
  if (!notes) return undefined
  const [note] = notes
  const checkpoint = note === undefined ? null : judge(note, keys)
  if (!checkpoint || typeof checkpoint === 'string') return null
  const { size, root } = checkpoint
  const row = await client.from('audit_checkpoints').where('size', size).select('root').first()
  if (!row?.root.equals(root))
    throw new AuditInconsistent(`${place} has a checkpoint of ${size} rows, which is not here`)
  return size
}

interface Pass {
  client: QueryClientContract
  keys: AuditKeys
  told: Findings
  size: number
  from: number
}

type Anchored = Pick<Checkpoint, 'size' | 'root'> & { place: string }

/** What is anchored, held against the tree when it has grown to that size. */
export class AnchorPass {
  private at = 0

  private constructor(
    private expected: Anchored[],
    private told: Findings
  ) {}

  static async read(anchors: Anchor[], pass: Pass): Promise<AnchorPass> {
    // Before the places: what a server brings there meanwhile is not missed.
    const brought = await pass.client.from('audit_anchors').whereNotNull('size').select('place', 'size')
    const sizes = new Map(brought.map((row) => [row.place as string, Number(row.size)]))
    const expected: Anchored[] = []
    for (const anchor of anchors) expected.push(...(await anchoredAt(anchor, sizes.get(anchor.place) ?? 0, pass)))
    return new AnchorPass(
      expected.sort((one, other) => one.size - other.size),
      pass.told
    )
  }

  /** To be called at the beginning and after each leaf. */
  compare(tree: Tree) {
    for (; this.expected[this.at]?.size === tree.size; this.at++) {
      const { root, size, place } = this.expected[this.at]!
      if (!tree.root().equals(root)) this.told.tell('anchor_differs', { place, size })
    }
  }
}

async function anchoredAt(
  { place, read }: Anchor,
  brought: number,
  { keys, told, size: end, from }: Pass
): Promise<Anchored[]> {
  const notes = await read?.().catch(() => void told.note('anchor_unreadable', { place }))
  if (!notes) return []
  const anchored: Anchored[] = []
  let newest = 0
  for (const note of notes) {
    const checkpoint = judge(note, keys)
    if (typeof checkpoint !== 'string') newest = Math.max(newest, checkpoint.size)
    // A power cut may have left half of one.
    if (checkpoint === 'unreadable') told.note('anchor_unreadable', { place })
    else if (checkpoint === 'unsigned') told.tell('anchor_altered', { place })
    else if (checkpoint.size > end) told.tell('anchor_ahead', { place, size: checkpoint.size })
    else if (checkpoint.size >= from) anchored.push({ size: checkpoint.size, root: checkpoint.root, place })
  }
  if (newest < brought) told.note('anchor_behind', { place, size: brought })
  return anchored
}

function judge(note: string, { verifiers }: AuditKeys): Checkpoint | 'unreadable' | 'unsigned' {
  try {
    const checkpoint = readCheckpoint(note)
    return verifiers.some((verifier) => isSignedBy(checkpoint, verifier)) ? checkpoint : 'unsigned'
  } catch {
    return 'unreadable'
  }
}
