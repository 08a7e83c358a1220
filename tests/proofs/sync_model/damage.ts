import db from '@adonisjs/lucid/services/db'
import type { World } from '#tests/proofs/sync_model/world'

/** Which records nobody can read just now: the last byte of what they are sealed by is another. */
export class Damage {
  private readonly spoilt = new Set<string>()

  constructor(private readonly world: World) {}

  async spoil(which: number): Promise<void> {
    const { consultations } = this.world
    const uuid = consultations[which % consultations.length]!
    if (this.spoilt.has(uuid)) return
    this.spoilt.add(uuid)
    await turn(uuid)
  }

  async mend(): Promise<void> {
    for (const uuid of this.spoilt) await turn(uuid)
    this.spoilt.clear()
  }

  /** Before the database is copied, restored, or written to by somebody at a desk, who could not either. */
  async around<T>(work: () => Promise<T>): Promise<T> {
    const spoilt = [...this.spoilt]
    await this.mend()
    const result = await work()
    for (const uuid of spoilt) {
      this.spoilt.add(uuid)
      await turn(uuid)
    }
    return result
  }
}

/** Twice is as it was. */
async function turn(uuid: string): Promise<void> {
  const { reason } = (await db.from('consultations').select('reason').where('uuid', uuid).firstOrFail()) as {
    reason: Buffer
  }
  const bytes = Buffer.from(reason)
  bytes[bytes.length - 1]! ^= 1
  await db.from('consultations').where('uuid', uuid).update({ reason: bytes })
}
