import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { configuredAnchors } from '#app/anchors/configured_anchors'
import { fileAnchor } from '#app/anchors/file_anchor'
import { withSealingLease } from '#app/anchors/sealing_lease'
import { keepSealed } from '#app/anchors/serve_audit'
import { readCheckpoint, signerOf, writeCheckpoint } from '#app/audit/checkpoint'
import { moveClock, now } from '#app/core/clock'
import { dataDir } from '#start/env'
import { jsonOf, medinfoJson } from '#tests/functional/cli/medinfo'
import { upTo, writeRows } from '#tests/functional/audit/some_audit'

const HOUR = 60 * 60_000
const client = () => db.connection()
const keep = () => withSealingLease((lease) => keepSealed(lease))
const leavesOf = async (id: number) => (await db.from('audit_leaves').where('audit_id', id)).length

test.group('A server that seals', (group) => {
  group.each.setup(() => () => moveClock(0))

  test('commits nothing once another holds its lease', async ({ assert }) => {
    await keep()
    await writeRows(client(), { numbers: upTo(2) })
    const before = await db.from('audit_checkpoints').max('size as size')
    const sealed = await withSealingLease(async (lease) => {
      await db.from('leases').where('name', lease.name).increment('fence', 1)
      return keepSealed(lease).then(() => 'sealed')
    })
    assert.isNull(sealed)
    assert.deepEqual(await db.from('audit_checkpoints').max('size as size'), before)
    await db.from('leases').where('name', 'repeat:audit.seal').update({ holder: null, until: null })
    assert.isNotNull(await keep())
  })

  test('finds what was committed late: after a quarter of an hour at most after minutes, after an hour whatever it is', async ({
    assert,
  }) => {
    const [{ top }] = await db.from('audit_logs').max('id as top')
    const ids = { first: Number(top) + 10, late: Number(top) + 5, later: Number(top) + 3 }
    let at = HOUR + 1_000
    const pass = async (milliseconds: number) => {
      at += milliseconds
      moveClock(at)
      await keep()
    }
    moveClock(at)
    await writeRows(client(), { numbers: [1], id: ids.first })
    await pass(0)
    await pass(2 * 60_000)
    await writeRows(client(), { numbers: [1], id: ids.late })
    await pass(1_000)
    assert.equal(await leavesOf(ids.late), 0)
    await pass(4 * 60_000)
    assert.equal(await leavesOf(ids.late), 1)
    await pass(30 * 60_000)
    await writeRows(client(), { numbers: [1], id: ids.later })
    await pass(6 * 60_000)
    assert.equal(await leavesOf(ids.later), 0)
    await pass(30 * 60_000)
    assert.equal(await leavesOf(ids.later), 1)
  })
})

test.group('A place that is configured', (group) => {
  group.each.setup(async () => {
    const folder = await mkdtemp(join(dataDir(), 'place-'))
    const anchor = fileAnchor(join(folder, 'audit.txt'))
    // The commands of this process know the places that it was started with.
    configuredAnchors().push(anchor)
    return async () => {
      configuredAnchors().splice(0)
      await rm(folder, { recursive: true })
    }
  })

  test('is compared by the command that verifies, and by the one that seals', async ({ assert }) => {
    await jsonOf('audit', 'seal')
    const { ok, places } = await jsonOf('audit', 'anchor')
    assert.deepEqual([ok, places.length], [true, 1])
    const [anchor] = configuredAnchors()
    const { origin, size } = readCheckpoint((await anchor!.read!(1))[0]!)
    const forged = { size: size + 9, root: Buffer.alloc(32), previous: size, time: now() }
    await anchor!.put(writeCheckpoint(forged, signerOf(Buffer.alloc(32, 4), origin)))
    const { code, json } = await medinfoJson('audit', 'verify')
    assert.equal(code, 1)
    // What other tests did to this audit is told too.
    assert.deepInclude(json.findings, { kind: 'anchor_altered', place: anchor!.place })
  })

  test('gets nothing from a database that has something else', async ({ assert }) => {
    await jsonOf('audit', 'seal')
    const { signer } = await import('#app/audit/audit_keys').then(({ auditKeys }) => auditKeys(client()))
    const [anchor] = configuredAnchors()
    await anchor!.put(writeCheckpoint({ size: 1_000_000, root: Buffer.alloc(32), previous: 0, time: now() }, signer))
    const { code, json } = await medinfoJson('audit', 'anchor')
    assert.deepEqual([code, json.places[0].problem], [1, 'differs'])
    assert.deepInclude((await medinfoJson('audit', 'verify')).json.findings[0], {
      kind: 'anchor_ahead',
      size: 1_000_000,
    })
  })

  test('is told by the command where rows lie unsealed while a server seals', async ({ assert }) => {
    await jsonOf('audit', 'seal')
    await writeRows(client(), { numbers: [1], at: new Date(now().getTime() - 120_000) })
    const idle = await medinfoJson('audit', 'verify')
    const unsealed = { kind: 'unsealed', count: 1 }
    assert.notDeepInclude(idle.json.findings, unsealed)
    assert.deepInclude(idle.json.notices, unsealed)
    const serving = await withSealingLease(() => medinfoJson('audit', 'verify'))
    assert.equal(serving!.code, 1)
    assert.deepInclude(serving!.json.findings, unsealed)
    await jsonOf('audit', 'seal')
  })
})
