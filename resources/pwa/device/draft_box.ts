import type { Core } from '#pwa/device/core'
import { change } from '#pwa/device/database'
import { withRoom } from '#pwa/device/room'

/** What somebody is writing and has not finished, by a key that holds no name. */
export class DraftBox {
  constructor(
    private readonly core: Core,
    /** Deletes what can be loaded again; false where there is nothing left of it. */
    private readonly makeRoom: () => Promise<boolean>
  ) {}

  async read<T>(key: string): Promise<T | null> {
    const kept = await (await this.core.database()).get('drafts', key)
    return kept ? this.core.unseal<T>(`drafts/${key}`, kept.sealed) : null
  }

  async keep(key: string, value: unknown): Promise<void> {
    const sealed = await this.core.seal(`drafts/${key}`, value)
    const database = await this.core.database()
    await withRoom(this.makeRoom, () =>
      change(database, ['drafts'], async (tx) => {
        await tx.objectStore('drafts').put({ key, sealed })
      })
    )
  }

  async drop(key: string): Promise<void> {
    await change(await this.core.database(), ['drafts'], (tx) => tx.objectStore('drafts').delete(key))
  }
}
