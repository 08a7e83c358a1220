import fc from 'fast-check'
import type { Proof } from '#tests/proofs/brute_force'
import { serving } from '#tests/fuzz/serving'

/** Histories of three devices and their server. */
export const runs = 10_000

const CONTROL = 200

/**
 * Three devices of the app, with its own store, queue and exchange, and the server's own code for what they send and
 * pull. Whatever they write, and whatever happens to the line, the disk, the clock, the care of a patient and the
 * server's database: in the end all hold the same as the server, and everything that a device said it kept stands in a
 * record, in its history, or on the device where somebody set it aside. Devices that forget what was not answered fail.
 */
export async function prove({ runs: wanted, seed, log }: Proof): Promise<void> {
  await serving(async () => {
    const { actions } = await import('#tests/proofs/sync_model/actions')
    const { makeWorld } = await import('#tests/proofs/sync_model/world')
    const { Run } = await import('#tests/proofs/sync_model/run')
    const world = await makeWorld()
    const tally = new Map<string, number>()
    let played = 0
    const held = fc.asyncProperty(actions, async (history) => {
      await new Run(world, tally).play(history)
      if (++played % 500 === 0) log(`${played} histories`)
    })
    await fc.assert(held, { numRuns: wanted, seed })
    const control = fc.asyncProperty(actions, (history) =>
      new Run(world, new Map(), { forgetsUnanswered: true }).play(history)
    )
    const { failed } = await fc.check(control, { numRuns: CONTROL, seed, endOnFailure: true })
    if (!failed) throw new Error('devices that forget what was not answered lose nothing: the proof sees nothing')
    for (const [what, times] of [...tally].sort(([one], [other]) => one.localeCompare(other))) log(`${times} × ${what}`)
    log(`${played} histories: nothing lost, all agree; devices that forget what was not answered are found out`)
  })
}
