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
    const kept = await scopesWithUnsent(tx)
    const opened = (await metaIn(tx, 'opened')) ?? {}
    const keys = await tx.objectStore('rows').getAllKeys(IDBKeyRange.bound(from, to))
    const scopes = keys
      .map((key) => key.slice(from.length))
      .filter((scope) => !kept.has(scope) && !today.has(scope))
      .sort((one, other) => (opened[one] ?? 0) - (opened[other] ?? 0))
      .slice(0, AT_ONCE)
    const position = (await metaIn(tx, 'position'))!
    for (const scope of scopes) await dropChart(tx, scope)
    await putMeta(tx, 'position', { ...position, wanted: [...new Set([...position.wanted, ...scopes])] })
    return scopes
  })
  if (forgotten.length) await core.changed(forgotten)
  return forgotten.length > 0
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
