import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { databaseTime } from '#app/jobs/database_time'
import { LeaseLost, withLease, type Lease } from '#app/jobs/lease'

/** By which of several processes seals: that of the work 'audit.seal' in app/jobs/repeated.ts. */
const NAME = 'repeat:audit.seal'
const LEASE_MS = 20_000

/** Null when another process holds it, or does by the end: that one seals. Errors: whatever the work throws. */
export async function withSealingLease<T>(work: (lease: Lease) => Promise<T>): Promise<T | null> {
  try {
    return await withLease(NAME, LEASE_MS, work)
  } catch (error) {
    if (error instanceof LeaseLost) return null
    throw error
  }
}

/** Whether a server seals now. */
export async function isSealed(client: QueryClientContract): Promise<boolean> {
  const held = client.from('leases').where('name', NAME).whereNotNull('holder')
  return Boolean(await held.where('until', '>', databaseTime(client) as never).first())
}
