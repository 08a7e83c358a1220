import { randomUUID } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'better-sqlite3'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { test } from '@japa/runner'
import type { Caller, OwnedTransaction } from '#app/core/caller'
import { Unavailable } from '#app/core/problem'
import { inTransaction } from '#app/core/transaction'
import { sqliteFile } from '#start/env'
import { callerOf, someone } from '#tests/acting'
import { aName, auditOf, during, hasSetting, INSTANT, putSetting } from '#tests/functional/core/probe'

const isMysql = () => db.connection().dialect.name === 'mysql'
const setting = (name: string) => ({ name, value: 'probe', created_at: INSTANT, updated_at: INSTANT })

/** The row that tells a repeated request from a new one, as sync and Idempotency-Key write it. */
function dedupe(userId: number, key: string) {
  return { user_id: userId, mutation_id: key, body_hash: Buffer.alloc(32), at: INSTANT }
}

async function countKeys(key: string): Promise<number> {
  return (await db.from('sync_mutations').where('mutation_id', key)).length
}

/**
 * A transaction that deadlocks with whoever holds `contested` and then wants `held`. It has changed so many rows that
 * the server always ends the other.
 */
async function rivalOf(contested: string, held: string) {
  const trx = await db.transaction()
  for (let n = 0; n < 200; n++) await trx.table('settings').insert(setting(`rival-${randomUUID()}`))
  await trx.from('settings').where('name', held).update({ value: 'rival' })
  return {
    /** Asks for the contested row, and returns once it waits for it. */
    async collide() {
      const asked = trx.from('settings').where('name', contested).update({ value: 'rival' }).exec()
      asked.catch(() => {})
      while (!(await isSomeoneWaiting())) await sleep(150)
      this.ended = asked.then(() => trx.rollback())
    },
    ended: Promise.resolve() as Promise<void>,
  }
}

/** Ask seldom: the server looks anew only when nobody has asked for a tenth of a second. */
async function isSomeoneWaiting() {
  const rows = await db.from('information_schema.innodb_trx').where('trx_state', 'LOCK WAIT').select('trx_id')
  return rows.length > 0
}

interface Collision {
  attempts: number
  /** Called by the gate once it holds the contested row: brings the rival in, the first time only. */
  meet: (trx: TransactionClientContract) => Promise<void>
  done: () => Promise<void>
}

/** Two rows, and a rival that will lock them in the other order. */
async function collision(contested: string, held: string): Promise<Collision> {
  await db.table('settings').insert(setting(contested))
  await db.table('settings').insert(setting(held))
  let rival: Awaited<ReturnType<typeof rivalOf>> | undefined
  const it: Collision = {
    attempts: 0,
    meet: async (trx) => {
      it.attempts++
      await trx.from('settings').where('name', contested).update({ value: 'gate' })
      if (!rival) {
        rival = await rivalOf(contested, held)
        await rival.collide()
      }
      await trx.from('settings').where('name', held).update({ value: 'gate' })
    },
    done: async () => rival?.ended,
  }
  return it
}

test.group('A deadlock on the server', (group) => {
  group.each.teardown(() => {
    during.write = undefined
  })

  /** A request with a dedupe row, whose gate runs inside and meets the rival after its own write. */
  async function request(key: string, name: string, owner: (caller: Caller, trx: OwnedTransaction) => Promise<void>) {
    const user = await someone()
    const caller = callerOf()
    const meeting = await collision(aName(), aName())
    await inTransaction(caller, async (trx) => {
      await trx.client.table('sync_mutations').insert(dedupe(user.id, key))
      during.write = () => meeting.meet(trx.client)
      await owner(caller, trx)
    })
    await meeting.done()
    return { caller, attempts: meeting.attempts, name }
  }

  test('inside a joined gate is retried by the owner, from the start: one effect, one dedupe row', async ({
    assert,
  }) => {
    const [key, name] = [randomUUID(), aName()]
    const { caller, attempts } = await request(key, name, async (inner, trx) => {
      await putSetting({ ...inner, trx }, { name })
    })
    assert.equal(attempts, 2)
    assert.isTrue(await hasSetting(name))
    assert.equal(await countKeys(key), 1)
    const rows = await auditOf(caller.requestId)
    assert.deepEqual(
      rows.map(({ outcome }) => outcome),
      ['done']
    )
  }).skip(() => !isMysql(), 'SQLite has one writer and so no deadlock')

  test('leaves no effect without its dedupe row, even when the owner does not heed the error', async ({ assert }) => {
    const [key, name, later] = [randomUUID(), aName(), aName()]
    const heedless: string[] = []
    const { attempts } = await request(key, name, async (inner, trx) => {
      await putSetting({ ...inner, trx }, { name }).catch(() => heedless.push('went on'))
      await trx.client.table('settings').insert(setting(later))
    })
    assert.deepEqual([attempts, heedless], [2, ['went on']])
    assert.deepEqual([await hasSetting(name), await hasSetting(later), await countKeys(key)], [true, true, 1])
  }).skip(() => !isMysql(), 'SQLite has one writer and so no deadlock')

  test('control: a retry inside the transaction commits the write while the dedupe row is gone', async ({ assert }) => {
    const [key, name] = [randomUUID(), aName()]
    const user = await someone()
    const meeting = await collision(aName(), aName())
    const outer = await db.transaction()
    await outer.table('sync_mutations').insert(dedupe(user.id, key))
    await assert.rejects(() => meeting.meet(outer), /deadlock/i)
    await outer.table('settings').insert(setting(name))
    await outer.rollback()
    await meeting.done()
    assert.deepEqual([await hasSetting(name), await countKeys(key)], [true, 0])
  }).skip(() => !isMysql(), 'SQLite has one writer and so no deadlock')
})

test.group('A busy SQLite file', (group) => {
  const client = () => db.connection()

  group.each.setup(async () => {
    if (!isMysql()) await client().rawQuery('pragma busy_timeout = 20')
  })
  group.each.teardown(async () => {
    if (!isMysql()) await client().rawQuery('pragma busy_timeout = 10000')
  })

  /** Counts how often a statement met the lock of another process' connection while `work` ran. */
  async function countBusy(work: () => Promise<void>): Promise<number> {
    let busy = 0
    const knex = client().getWriteClient()
    const listen = (error: { code?: string }) => void (error.code === 'SQLITE_BUSY' && busy++)
    knex.on('query-error', listen)
    try {
      await work()
    } finally {
      knex.off('query-error', listen)
    }
    return busy
  }

  test('is waited for: the write is there once, after the other process has ended', async ({ assert }) => {
    const other = new Database(sqliteFile())
    const [caller, name] = [callerOf(), aName()]
    other.exec('begin immediate')
    setTimeout(() => other.exec('rollback'), 60)
    const busy = await countBusy(async () => void (await putSetting(caller, { name })))
    other.close()
    assert.isAtLeast(busy, 1)
    assert.isTrue(await hasSetting(name))
    assert.deepEqual(
      (await auditOf(caller.requestId)).map(({ outcome }) => outcome),
      ['done']
    )
  }).skip(isMysql, 'a server has no file lock')

  test('that stays busy is unavailable, not a bug', async ({ assert }) => {
    const other = new Database(sqliteFile())
    const name = aName()
    other.exec('begin immediate')
    try {
      await assert.rejects(() => putSetting(callerOf(), { name }), Unavailable as never)
    } finally {
      other.exec('rollback')
      other.close()
    }
    assert.isFalse(await hasSetting(name))
  }).skip(isMysql, 'a server has no file lock')
})
