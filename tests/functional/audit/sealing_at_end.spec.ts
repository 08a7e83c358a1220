import { randomUUID } from 'node:crypto'
import { Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { Logger } from '@adonisjs/core/logger'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { withSealingLease } from '#app/anchors/sealing_lease'
import SealingProvider from '#app/anchors/sealing_provider'
import { recordRead } from '#app/audit/record'
import { sealAudit } from '#app/audit/seal'
import { callerOf } from '#tests/acting'
import { serveApp } from '#tests/functional/http/served_app'

/** A server that has served and is about to end, and the lines of its log. */
async function aServer() {
  const lines: { level: number; err?: { name?: string; message?: string } }[] = []
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(String(chunk)))
      done()
    },
  })
  const logger = new Logger({ enabled: true, level: 'info', destination } as never)
  const server = new SealingProvider({ container: { make: async () => logger } } as never)
  await server.ready()
  return { server, lines }
}

async function aRow() {
  const caller = callerOf()
  await recordRead(() => db.connection(), caller, { action: 'tests.row', outcome: 'done' })
  return caller.requestId
}

async function isSealed(requestId: string) {
  const rows = await db
    .from('audit_logs')
    .where('request_id', requestId)
    .leftJoin('audit_leaves', 'audit_leaves.audit_id', 'audit_logs.id')
  return rows.length > 0 && rows.every(({ leaf }) => leaf !== null)
}

test.group('A server that ends', (group) => {
  group.setup(async () => void (await withSealingLease(() => sealAudit(db.connection()))))

  test('leaves the sealing to another that does it, and says nothing', async ({ assert }) => {
    const { server, lines } = await aServer()
    const row = await aRow()
    await withSealingLease(() => server.shutdown())
    assert.deepEqual([await isSealed(row), lines], [false, []])
  })

  test('ends all the same where the database does not answer, and the log says so', async ({ assert, cleanup }) => {
    const { server, lines } = await aServer()
    const row = await aRow()
    const over = Promise.withResolvers<void>()
    cleanup(() => over.resolve())
    const held = Promise.withResolvers<void>()
    const holding = db.transaction(async (trx) => {
      await trx.from('leases').where('name', 'repeat:audit.seal').update({ updated_at: '2026-01-01 00:00:00.000' })
      held.resolve()
      await over.promise
    })
    await held.promise
    await server.shutdown()
    over.resolve()
    await holding
    // In a process that ends it would not come so far: here it goes on, and gives the lease back.
    while ((await withSealingLease(async () => true)) === null) await sleep(10)
    assert.deepEqual([lines.map(({ level, err }) => [level, err?.name])], [[[40, 'TimeoutError']]])
    assert.isFalse(await isSealed(row))
  })

  test('seals what was written since the last time', async ({ assert }) => {
    const { server, lines } = await aServer()
    const row = await aRow()
    await server.shutdown()
    assert.deepEqual([await isSealed(row), lines], [true, []])
  })

  test('seals, as a process that is asked to end, what it has just answered', async ({ assert, cleanup }) => {
    const served = await serveApp({})
    cleanup(served.stop)
    const requestId = randomUUID()
    for (let asked = 0; asked < 20; asked++)
      await served.send('GET', '/api/v1/patients', { 'x-request-id': requestId, 'authorization': 'Bearer oat_none' })
    await served.stop()
    assert.isTrue(await isSealed(requestId))
  }).timeout(120_000)

  test('that has never served seals nothing: it may have no tables yet', async ({ assert }) => {
    const row = await aRow()
    await new SealingProvider({} as never).shutdown()
    assert.isFalse(await isSealed(row))
  })
})
