import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { servingOnMariadb } from '#tests/fuzz/on_mariadb'
import { randomFrom } from '#tests/fuzz/random'
import type { Proof } from '#tests/proofs/brute_force'

/** Mutations on MariaDB; a tenth as many on SQLite, and a tenth as many runs without any. */
export const runs = 2_000

/**
 * Whatever somebody who owns the database does to the audit, `audit verify` tells it, with a place outside that has its
 * checkpoints; a database that was put back is told by that place alone. Each mutation is made in a transaction, verified
 * there, and rolled back. Then processes write, seal and are killed, and nothing is told.
 */
export async function prove({ runs: mutations, seed, log }: Proof): Promise<void> {
  const some = Math.ceil(mutations / 10)
  await servingOnMariadb(async () => {
    const { default: db } = await import('@adonisjs/lucid/services/db')
    const { runClean } = await import('#tests/proofs/audit_tamper/clean_runs')
    const { withSqlite } = await import('#tests/proofs/audit_tamper/sqlite')
    await runClean({ runs: some, random: randomFrom(seed), log })
    log(`on MariaDB: ${await tamper(db.connection(), mutations, seed)}`)
    await withSqlite(async (client) => log(`on SQLite: ${await tamper(client, some, seed + 1)}`))
  })
}

async function tamper(client: QueryClientContract, mutations: number, seed: number): Promise<string> {
  const { verifyAudit } = await import('#app/audit/verify_audit')
  const { Act, MUTATIONS, NEEDS_ANCHOR } = await import('#tests/proofs/audit_tamper/mutations')
  const { aSoundAudit, fingerprint, undone } = await import('#tests/proofs/audit_tamper/world')
  const world = await aSoundAudit(client, randomFrom(seed))
  const anchors = [world.anchor]
  const sound = await verifyAudit(client, { anchors })
  if (sound.count || sound.notices.length) throw new Error(`a sound audit is told: ${JSON.stringify(sound)}`)
  const before = await fingerprint(client)
  const kinds = Object.keys(MUTATIONS)
  let [redrawn, alone] = [0, 0]
  for (let made = 0; made < mutations;) {
    const kind = kinds[made % kinds.length]!
    const told = await undone(client, async (trx) => {
      await MUTATIONS[kind]!(new Act(trx, world))
      if ((await fingerprint(trx)) === before) return null
      const [anchored, without] = [await verifyAudit(trx, { anchors }), await verifyAudit(trx)]
      return { anchored: anchored.count, without: without.count }
    })
    if (!told) {
      redrawn++
      continue
    }
    if (!told.anchored) throw new Error(`mutation ${made}, ${kind}, was not told`)
    const needsAnchor = NEEDS_ANCHOR.includes(kind)
    if (Boolean(told.without) === needsAnchor)
      throw new Error(`mutation ${made}, ${kind}: ${told.without} without a place outside`)
    if (needsAnchor) alone++
    made++
  }
  if ((await fingerprint(client)) !== before) throw new Error('what was mutated was not undone')
  return `${mutations} mutations of ${kinds.length} kinds told, ${alone} of them by the place outside alone; ${redrawn} redrawn, since they altered nothing`
}
