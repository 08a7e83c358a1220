import { LIMITS, PROTOCOL, type SyncRequest } from '#app/sync/protocol'
import type { Core } from '#pwa/device/core'
import { metaOf } from '#pwa/device/database'
import { mutationOf, nextToSend } from '#pwa/device/order'
import type { Queue } from '#pwa/device/queue'
import { allOf } from '#pwa/device/rows'

const hex = (bytes: ArrayBuffer) =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')

export interface CallOptions {
  /** Whether it asks for changes; else it only sends. */
  pulls: boolean
  /** At most so many writes. */
  mutations: number
  /** Writes that the server could not try now. */
  resting: ReadonlySet<string>
}

/** The next call to the server. */
export async function nextCall(core: Core, queue: Queue, options: CallOptions): Promise<SyncRequest> {
  const database = await core.database()
  const position = (await metaOf(database, 'position'))!
  const items = nextToSend(
    queue.peek().filter(({ mutationId }) => !options.resting.has(mutationId)),
    { mutations: options.mutations }
  )
  const { deviceId, epoch, isAskedForScopes } = position
  const cursor = options.pulls ? position.cursor : null
  const request: SyncRequest = {
    protocol: PROTOCOL,
    device_id: deviceId,
    epoch,
    cursor,
    mutations: items.map((item) => mutationOf(item, queue.peek())),
  }
  if (cursor === null) return request
  const { from, to } = allOf('patient')
  const keys = await database.getAllKeys('rows', IDBKeyRange.bound(from, to))
  const purging = new Set(position.purging)
  const held = [...keys.map((key) => key.slice(from.length)), ...position.unreadable.map(({ scope }) => scope)]
  const scopes = [...new Set(held)].filter((scope) => !purging.has(scope)).sort()
  const bytes = new TextEncoder().encode(scopes.join('\n'))
  const digest = hex(await core.around.crypto.subtle.digest('SHA-256', bytes))
  const asked = isAskedForScopes && { scopes }
  return { ...request, limit: LIMITS.changes, scopes_digest: digest, ...asked }
}
