import { setTimeout as sleep } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'

const LONGEST_MS = 3_000

/**
 * Does `work` and lets no transaction of a gate begin before so many are about to: whatever is looked at before is then
 * looked at by all of them. Answers how many did come so far; nobody is waited for longer than three seconds.
 */
export async function meeting<T>(awaited: number, work: () => Promise<T>): Promise<{ result: T; met: number }> {
  let met = 0
  let open: () => void
  const gate = new Promise<void>((resolve) => (open = resolve))
  const original = db.transaction.bind(db)
  db.transaction = (async (...args: Parameters<typeof original>) => {
    if (++met === awaited) open()
    await Promise.race([gate, sleep(LONGEST_MS)])
    return original(...args)
  }) as typeof db.transaction
  try {
    return { result: await work(), met }
  } finally {
    delete (db as Partial<typeof db>).transaction
  }
}
