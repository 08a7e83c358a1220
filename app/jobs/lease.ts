import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import { now, toSqlInstant } from '#app/core/clock'
import { isDuplicate } from '#app/core/insert_rows'
import { databaseTime } from '#app/jobs/database_time'
import { isGone, newMark } from '#app/jobs/process_mark'

/*
 * A lease says which of several processes does something, until when. It only spares work done twice: a process that was
 * paused believes in its lease after another has taken over. What makes that harmless is the fence, which grows with each
 * holder and is looked at, and held, in the very transaction of each step (`assertIn`).
 */

/** Somebody else holds it by now: nothing of this step may be committed. */
export class LeaseLost extends Error {
  constructor(name: string) {
    super(`${name} is held by another`)
    this.name = 'LeaseLost'
  }
}

export interface Lease {
  readonly name: string
  readonly fence: number
  /** Aborts once it is lost, or cannot be known to be held. */
  readonly signal: AbortSignal
  /**
   * Throws LeaseLost unless it is ours still, and keeps it so until the transaction ends. Best called first: a transaction
   * that has read before may have to start over, as after a deadlock.
   */
  assertIn(trx: TransactionClientContract): Promise<void>
}

/**
 * Does the work while holding the lease of this name; null when another process holds it. It is prolonged every third of
 * `ms`, and ends with the work. One whose process is seen to be gone, on this machine, is taken at once.
 * Errors: whatever the work throws.
 */
export async function withLease<T>(name: string, ms: number, work: (lease: Lease) => Promise<T>): Promise<T | null> {
  const lease = await take(name, ms)
  if (!lease) return null
  const beating = setInterval(() => void lease.beat(), ms / 3).unref()
  try {
    return await work(lease)
  } finally {
    clearInterval(beating)
    await lease.release()
  }
}

class HeldLease implements Lease {
  private lost = new AbortController()
  readonly signal = this.lost.signal
  private isBeating = false

  constructor(
    readonly name: string,
    readonly holder: string,
    readonly fence: number,
    private ms: number,
    private sureUntil: number
  ) {}

  async assertIn(trx: TransactionClientContract) {
    const query = trx.from('leases').where(this.ours).select('fence')
    if (!(await query.forUpdate().first())) throw this.lose()
  }

  async beat() {
    if (performance.now() > this.sureUntil) this.lose()
    if (this.isBeating || this.signal.aborted) return
    this.isBeating = true
    const sent = performance.now()
    try {
      const client = db.connection()
      const kept = await client.from('leases').where(this.ours).update(held(client, this.ms))
      if (Number(kept) === 1) this.sureUntil = sent + this.ms
      else this.lose()
    } catch {
      // A database that is busy or gone for a moment: the next beat tries again, until it is too late.
    } finally {
      this.isBeating = false
    }
  }

  /** What cannot be given back ends by itself. */
  async release() {
    const free = { holder: null, until: null, updated_at: toSqlInstant(now()) }
    await db
      .from('leases')
      .where(this.ours)
      .update(free)
      .catch(() => {})
  }

  private get ours() {
    return { name: this.name, holder: this.holder, fence: this.fence }
  }

  private lose(): LeaseLost {
    const lost = new LeaseLost(this.name)
    this.lost.abort(lost)
    return lost
  }
}

async function take(name: string, ms: number): Promise<HeldLease | null> {
  const client = db.connection()
  const began = performance.now()
  const holder = newMark()
  const row = await client.from('leases').where('name', name).first()
  if (!row) return (await first(client, name, holder, ms)) ? new HeldLease(name, holder, 1, ms, began + ms) : null
  const seen = Number(row.fence)
  const query = client.from('leases').where({ name, fence: seen })
  // By its fence, so that nobody is taken for the dead one who took over meanwhile.
  if (!row.holder || !isGone(row.holder))
    void query.where((free) => void free.whereNull('until').orWhere('until', '<', databaseTime(client) as never))
  const taken = await query.update({ ...held(client, ms), holder, fence: seen + 1 })
  return Number(taken) === 1 ? new HeldLease(name, holder, seen + 1, ms, began + ms) : null
}

/** False when another was quicker. */
async function first(client: QueryClientContract, name: string, holder: string, ms: number): Promise<boolean> {
  const at = toSqlInstant(now())
  try {
    await client.table('leases').insert({ ...held(client, ms), name, holder, fence: 1, created_at: at })
    return true
  } catch (error) {
    if (isDuplicate(error)) return false
    throw error
  }
}

function held(client: QueryClientContract, ms: number) {
  return { until: databaseTime(client, ms), updated_at: toSqlInstant(now()) }
}
