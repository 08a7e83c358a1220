import { setTimeout as sleep } from 'node:timers/promises'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { servingOnMariadb } from '#tests/fuzz/on_mariadb'
import { randomFrom } from '#tests/fuzz/random'
import type { Proof } from '#tests/proofs/brute_force'

/** Commits of each writer. */
export const runs = 10_000

const WRITERS = 8
const READERS = 2
const PAGE = 200
/** Few enough that the control takes seconds: it misses hundreds of a few thousand. */
const CONTROL_COMMITS = 500

interface Order {
  column: 'seq' | 'id'
  /** What a reader does before it reads. */
  before: () => Promise<unknown>
}

/**
 * Whoever pulls by number misses no change, however transactions overlap: eight writers commit, late and out of order,
 * or roll back, while two readers number and read. The control reads by the table's own ids, which are given before the
 * commit, and misses some for good.
 */
export async function prove({ runs: commits, seed, log }: Proof): Promise<void> {
  await servingOnMariadb(async () => {
    const { numberChanges } = await import('#app/sync/sequencer')
    const random = randomFrom(seed)
    const control = await readWhileWriting(CONTROL_COMMITS, { column: 'id', before: async () => {} }, random)
    log(`by auto-increment: ${told(control)}`)
    if (!control.missed.some((count) => count > 0))
      throw new Error('the control missed nothing, so that this says nothing')
    const proven = await readWhileWriting(commits, { column: 'seq', before: numberChanges }, random)
    log(`by sequence: ${told(proven)}`)
    if (proven.missed.some((count) => count > 0)) throw new Error('a committed change was never read')
    if (proven.disordered) throw new Error(`${proven.disordered} changes were read twice or out of order`)
  })
}

interface Outcome {
  committed: number
  missed: number[]
  disordered: number
  seconds: number
}

async function readWhileWriting(commits: number, order: Order, random: () => number): Promise<Outcome> {
  const { default: db } = await import('@adonisjs/lucid/services/db')
  await db.from('sync_changes').delete()
  const begun = performance.now()
  const writing = { isOver: false }
  const committed = new Set<string>()
  const readers = Array.from({ length: READERS }, () => read(order, writing))
  const write = async (writer: number) => {
    for (let n = 0; n < commits; n++) await commitOne(`${writer}:${n}`, committed, random)
  }
  await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)))
  writing.isOver = true
  const seen = await Promise.all(readers)
  const missed = seen.map(({ names }) => [...committed].filter((name) => !names.has(name)).length)
  const disordered = seen.reduce((sum, one) => sum + one.disordered, 0)
  return { committed: committed.size, missed, disordered, seconds: (performance.now() - begun) / 1000 }
}

/** Now and then a writer waits before its commit, or rolls back and starts over. */
async function commitOne(name: string, committed: Set<string>, random: () => number) {
  const { default: db } = await import('@adonisjs/lucid/services/db')
  for (;;) {
    const trx = await db.transaction()
    try {
      await insertChange(name, trx)
      if (random() < 0.5) await sleep(random() * 3)
      if (random() < 0.05) {
        await trx.rollback()
        continue
      }
      await trx.commit()
      committed.add(name)
      return
    } catch (error) {
      if (!trx.isCompleted) await trx.rollback()
      if (!['ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT'].includes((error as { code: string }).code)) throw error
    }
  }
}

const insertChange = (name: string, trx: TransactionClientContract) =>
  trx.rawQuery(
    `insert into sync_changes (scope, entity, entity_uuid, version, op, at)
     values ('00000000-0000-7000-8000-000000000000', ?, '00000000-0000-7000-8000-000000000000', 1, 'upsert', utc_timestamp(3))`,
    [name]
  )

async function read({ column, before }: Order, writing: { isOver: boolean }) {
  const { default: db } = await import('@adonisjs/lucid/services/db')
  const names = new Set<string>()
  let [cursor, disordered] = [0, 0]
  for (;;) {
    const isLast = writing.isOver
    await before()
    const rows = await db
      .from('sync_changes')
      .where(column, '>', cursor)
      .orderBy(column)
      .limit(PAGE)
      .select(column, 'entity')
    for (const row of rows) {
      if (Number(row[column]) <= cursor || names.has(row.entity)) disordered++
      cursor = Number(row[column])
      names.add(row.entity)
    }
    if (rows.length) continue
    if (isLast) return { names, disordered }
    await sleep(2)
  }
}

const told = ({ committed, missed, disordered, seconds }: Outcome) =>
  `${committed} commits in ${seconds.toFixed(0)} s (${Math.round(committed / seconds)} a second), ` +
  `missed by the readers: ${missed.join(' and ')}; twice or out of order: ${disordered}`
