import type { Core } from '#pwa/device/core'
import { change, isQuota, metaIn, putMeta } from '#pwa/device/database'
import { allOf, dropChart, scopesWithUnsent } from '#pwa/device/rows'

/** So many charts go at once. */
const AT_ONCE = 20

/**
 * Forgets charts that the server can give again, those first that nobody opened for the longest time; never one about
 * which something is unsent, nor one of today. They are loaded again when there is room.
 * @returns false where there is nothing left to forget
 */
export async function makeRoom(core: Core, today: Set<string>): Promise<boolean> {
  const { from, to } = allOf('patient')
  const forgotten = await change(await core.database(), ['meta', 'rows', 'outbox'], async (tx) => {
    const position = (await metaIn(tx, 'position'))!
    const cannotCome = position.unreadable.map(({ scope }) => scope)
    const kept = new Set([...(await scopesWithUnsent(tx)), ...cannotCome])
    const opened = (await metaIn(tx, 'opened')) ?? {}
    const keys = await tx.objectStore('rows').getAllKeys(IDBKeyRange.bound(from, to))
    const scopes = keys
      .map((key) => key.slice(from.length))
      .filter((scope) => !kept.has(scope) && !today.has(scope))
      .sort((one, other) => (opened[one] ?? 0) - (opened[other] ?? 0))
      .slice(0, AT_ONCE)
    for (const scope of scopes) await dropChart(tx, scope)
    await putMeta(tx, 'position', { ...position, wanted: [...new Set([...position.wanted, ...scopes])] })
    return scopes
  })
  if (forgotten.length) await core.changed(forgotten)
  return forgotten.length > 0
}

/** What is left for writes when downloads stop, in bytes: weeks of work, and what a refused transaction leaves behind. */
const FOR_WRITES = 5 * 1024 * 1024

/** Whether more may be downloaded. It is asked before, since a browser counts what it refused until it tidies up. */
export async function hasRoom({ around }: Core): Promise<boolean> {
  return !around.roomLeft || (await around.roomLeft()) > FOR_WRITES
}

/** What one call may ask of `getRandomValues`. */
const RANDOM_AT_ONCE = 65_536

/**
 * Takes the room that writes fall back on. One large value, since a browser takes back at once what a large one held,
 * and what small rows held only when it tidies up; of random bytes, since it may pack others. It holds nothing.
 */
export async function keepReserve(core: Core): Promise<void> {
  const { reserve = 0, crypto } = core.around
  const database = await core.database()
  if (!reserve || (await database.getKey('meta', 'reserve'))) return
  const bytes = new Uint8Array(reserve)
  for (let from = 0; from < reserve; from += RANDOM_AT_ONCE)
    crypto.getRandomValues(bytes.subarray(from, Math.min(reserve, from + RANDOM_AT_ONCE)))
  try {
    await change(database, ['meta'], (tx) => putMeta(tx, 'reserve', bytes))
  } catch (error) {
    if (!isQuota(error)) throw error
  }
}

/** Gives the reserve up; a transaction that only deletes asks for no room. @returns whether there was one */
export async function useReserve(core: Core): Promise<boolean> {
  return change(await core.database(), ['meta'], async (tx) => {
    const meta = tx.objectStore('meta')
    if (!(await meta.getKey('reserve'))) return false
    await meta.delete('reserve')
    return true
  })
}

/** What must not fail for lack of room: charts that can be loaded again go first. */
export async function withRoom<T>(makeSome: () => Promise<boolean>, work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!isQuota(error) || !(await makeSome())) throw error
    }
  }
}
