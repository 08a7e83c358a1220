import type { AuditKeys } from '#app/audit/audit_keys'
import { isSignedBy, readCheckpoint, type Checkpoint } from '#app/audit/checkpoint'
import type { Findings } from '#app/audit/findings'
import type { Tree } from '#app/audit/merkle'

/** A place outside of the database where checkpoints are kept, so that a database that was put back shows. */
export interface Anchor {
  /** Its address as it is configured, without a password. */
  place: string
  /** Keeps one more. Errors: whatever the network or disk says. */
  put(note: string): Promise<void>
  /** What is kept there, oldest first; undefined where nothing can be read back. */
  read?(): Promise<string[]>
}

interface Pass {
  keys: AuditKeys
  told: Findings
  size: number
  from: number
}

/** What is anchored, held against the tree when it has grown to that size. */
export class AnchorPass {
  private at = 0

  private constructor(
    private expected: (Checkpoint & { place: string })[],
    private told: Findings
  ) {}

  static async read(anchors: Anchor[], { keys, told, size, from }: Pass): Promise<AnchorPass> {
    const known: (Checkpoint & { place: string })[] = []
    for (const { place, read } of anchors) {
      const notes = await read?.().catch(() => void told.note('anchor_unreadable', { place }))
      for (const note of notes ?? []) {
        const checkpoint = ours(note, keys)
        if (!checkpoint) told.tell('anchor_altered', { place })
        else if (checkpoint.size > size) told.tell('anchor_ahead', { place, size: checkpoint.size })
        else if (checkpoint.size > from) known.push({ ...checkpoint, place })
      }
    }
    return new AnchorPass(
      known.sort((one, other) => one.size - other.size),
      told
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

/** Null for what nobody signed here. */
export function ours(note: string, { verifiers }: AuditKeys): Checkpoint | null {
  try {
    const checkpoint = readCheckpoint(note)
    return verifiers.some((verifier) => isSignedBy(checkpoint, verifier)) ? checkpoint : null
  } catch {
    return null
  }
}
