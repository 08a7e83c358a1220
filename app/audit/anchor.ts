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
 * Errors: AuditInconsistent; what cannot be read says nothing.
 */
export async function assertAgrees({ place, read }: Anchor, client: QueryClientContract, keys: AuditKeys) {
  const [note] = (await read?.(1).catch(() => [])) ?? []
  const checkpoint = note === undefined ? null : judge(note, keys)
  if (!checkpoint || typeof checkpoint === 'string') return
  const { size, root } = checkpoint
  const row = await client.from('audit_checkpoints').where('size', size).select('root').first()
  if (!row?.root.equals(root))
    throw new AuditInconsistent(`${place} has a checkpoint of ${size} rows, which is not here`)
}

interface Pass {
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
    const expected: Anchored[] = []
    for (const anchor of anchors) expected.push(...(await anchoredAt(anchor, pass)))
    return new AnchorPass(
      expected.sort((one, other) => one.size - other.size),
      pass.told
    )
  }

  /** To be called after each leaf. */
  compare(tree: Tree) {
    for (; this.expected[this.at]?.size === tree.size; this.at++) {
      const { root, size, place } = this.expected[this.at]!
      if (!tree.root().equals(root)) this.told.tell('anchor_differs', { place, size })
    }
  }
}

async function anchoredAt({ place, read }: Anchor, { keys, told, size: end, from }: Pass): Promise<Anchored[]> {
  const notes = await read?.().catch(() => void told.note('anchor_unreadable', { place }))
  const anchored: Anchored[] = []
  for (const note of notes ?? []) {
    const checkpoint = judge(note, keys)
    // A power cut may have left half of one.
    if (checkpoint === 'unreadable') told.note('anchor_unreadable', { place })
    else if (checkpoint === 'unsigned') told.tell('anchor_altered', { place })
    else if (checkpoint.size > end) told.tell('anchor_ahead', { place, size: checkpoint.size })
    else if (checkpoint.size > from) anchored.push({ size: checkpoint.size, root: checkpoint.root, place })
  }
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
