import type { Core } from '#pwa/device/core'
import { change } from '#pwa/device/database'
import { withRoom } from '#pwa/device/room'

export interface KeptDraft {
  key: string
  value: unknown
}

/**
 * What somebody is writing and has not finished, by a key that holds no name. A draft goes when its writer says so or
 * has saved it; with the chart that it belongs to it stays, since nothing else has these words.
 */
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

  async all(): Promise<KeptDraft[]> {
    const kept = await (await this.core.database()).getAll('drafts')
    const opened = kept.map(async ({ key, sealed }) => ({
      key,
      value: await this.core.unseal(`drafts/${key}`, sealed),
    }))
    return Promise.all(opened)
  }

  /** Errors: QuotaExceededError where nothing more can be forgotten for it; Locked. */
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
