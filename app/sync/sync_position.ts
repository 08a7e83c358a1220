import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { fromSqlInstant } from '#app/core/clock'
import { isUuid } from '#app/core/ids'
import { selectRows } from '#app/core/insert_rows'
import { Invalid } from '#app/core/problem'
import { CursorExpired, EpochChanged } from '#app/sync/pull_problems'

/** How far a device has come: it has every change of its patients up to this number. */
export interface SyncPosition {
  epoch: string
  seq: number
}

/** Where the server is. */
export interface SyncState {
  epoch: string
  /** ISO 8601; null where no backup was ever restored. */
  restoredTo: string | null
  /** The last number given: whatever has one up to it can be read. */
  head: number
  forgottenSeq: number
}

const STATE = `
  select s.epoch, s.restored_to, h.seq, h.forgotten_seq from sync_state s cross join sync_heads h where h.id = 1`

interface StateRow {
  epoch: string
  restored_to: string | null
  seq: number | string
  forgotten_seq: number | string
}

export async function syncState(client: QueryClientContract): Promise<SyncState> {
  const [row] = await selectRows<StateRow>(client, STATE)
  const { epoch, restored_to, seq, forgotten_seq } = row!
  const restoredTo = restored_to === null ? null : fromSqlInstant(restored_to).toISOString()
  return { epoch, restoredTo, head: Number(seq), forgottenSeq: Number(forgotten_seq) }
}

export function writeSyncCursor({ epoch, seq }: SyncPosition): string {
  return Buffer.from(JSON.stringify([epoch, seq])).toString('base64url')
}

/** Errors: Invalid for a cursor that no pull gave. */
export function readSyncCursor(cursor: string): SyncPosition {
  try {
    const [epoch, seq] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[]
    if (isUuid(String(epoch)) && Number.isSafeInteger(seq) && (seq as number) >= 0)
      return { epoch: String(epoch), seq: seq as number }
  } catch {
    // Not ours: refused below.
  }
  throw new Invalid([{ pointer: '/cursor', code: 'cursor' }])
}

/**
 * The number up to which a device has everything; null before its first load.
 * Errors: EpochChanged, CursorExpired, Invalid. A cursor beyond the last number comes from a database that was put back
 * by hand: what it has missed nobody knows.
 */
export function seqSeen(
  { epoch, cursor }: { epoch: string | null; cursor: string | null },
  { epoch: present, restoredTo, head, forgottenSeq }: SyncState
): number | null {
  const position = cursor === null ? null : readSyncCursor(cursor)
  for (const known of [epoch, position?.epoch])
    if (known && known !== present) throw new EpochChanged(present, restoredTo)
  if (position && (position.seq < forgottenSeq || position.seq > head)) throw new CursorExpired()
  return position?.seq ?? null
}
