import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { databaseTime } from '#app/jobs/database_time'
import { withLease, type Lease } from '#app/jobs/lease'

/** By which of several processes seals: that of the work 'audit.seal' in app/jobs/repeated.ts. */
const NAME = 'repeat:audit.seal'
const LEASE_MS = 20_000

export function withSealingLease<T>(work: (lease: Lease) => Promise<T>): Promise<T | null> {
  return withLease(NAME, LEASE_MS, work)
}

/** Whether a server seals now. */
export async function isSealed(client: QueryClientContract): Promise<boolean> {
  const held = client.from('leases').where('name', NAME).whereNotNull('holder')
  return Boolean(await held.where('until', '>', databaseTime(client) as never).first())
}
