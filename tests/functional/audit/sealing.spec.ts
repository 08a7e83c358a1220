import { test } from '@japa/runner'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { leafHashOf } from '#app/audit/audit_entry'
import { auditKeys } from '#app/audit/audit_keys'
import { isSignedBy, readCheckpoint } from '#app/audit/checkpoint'
import { Tree } from '#app/audit/merkle'
import { sealAudit } from '#app/audit/seal'
import { verifyAudit } from '#app/audit/verify_audit'
import { moveClock, now } from '#app/core/clock'
import { Keyring } from '#app/keys/keyring'
import { keyring, useKeyring } from '#app/keys/keyring_service'
import { allRows, anAudit, upTo, withoutTriggers, writeRows } from '#tests/functional/audit/some_audit'

test.group('Sealing', (group) => {
  const { client } = anAudit(group)
  group.each.teardown(() => moveClock(0))

  /** A process that has just started: it has signed nothing yet. */
  const asAnother = () => useKeyring(new Keyring(keyring().provider, client))

  const checkpoints = () => client().from('audit_checkpoints').orderBy('size')

  test('signs nothing where the last checkpoint is not ours, or does not fit to the leaves', async ({ assert }) => {
    await writeRows(client(), { numbers: upTo(5) })
    await sealAudit(client())
    await writeRows(client(), { numbers: upTo(2) })
    const spoils = [
      ['audit_checkpoints', { note: (await checkpoints())[0].note.replace('previous 0', 'previous 1') }, 'not ours'],
      ['audit_checkpoints', { root: Buffer.alloc(32) }, 'not ours'],
      ['audit_leaves', { hash: Buffer.alloc(32) }, 'do not lead'],
    ] as const
    for (const [table, spoilt, reason] of spoils) {
      const column = Object.keys(spoilt)[0]!
      const where = table === 'audit_leaves' ? { leaf: 4 } : { size: 5 }
      const row = await client().from(table).where(where).firstOrFail()
      await withoutTriggers(client(), () => client().from(table).where(where).update(spoilt))
      await assert.rejects(() => sealAudit(client()), new RegExp(reason))
      await withoutTriggers(client(), () =>
        client()
          .from(table)
          .where(where)
          .update({ [column]: row[column] })
      )
    }
    await withoutTriggers(client(), () => client().from('audit_leaves').where('leaf', 4).delete())
    await assert.rejects(() => sealAudit(client()), /do not end together/)
    assert.lengthOf(await checkpoints(), 1)
  })

  test('signs nothing on a database that was put back to before what this process signed', async ({ assert }) => {
    await writeRows(client(), { numbers: upTo(3) })
    await sealAudit(client())
    await writeRows(client(), { numbers: upTo(3) })
    await sealAudit(client())
    await withoutTriggers(client(), async () => {
      await client().from('audit_leaves').where('leaf', '>=', 3).delete()
      await client().from('audit_checkpoints').where('size', '>', 3).delete()
    })
    await assert.rejects(() => sealAudit(client()), /is gone/)
    asAnother()
    assert.deepEqual(await sealAudit(client()), { sealed: 3, size: 6 })
  })

  test('gives each row a leaf, in one tree whose root a checkpoint signs', async ({ assert }) => {
    await writeRows(client(), { numbers: upTo(7) })
    assert.deepEqual(await sealAudit(client()), { sealed: 7, size: 7 })
    assert.deepEqual(await sealAudit(client()), { sealed: 0, size: 7 })
    await writeRows(client(), { numbers: upTo(6) })
    assert.deepEqual(await sealAudit(client()), { sealed: 6, size: 13 })
    const tree = new Tree()
    for (const row of await allRows(client())) tree.add(leafHashOf(row))
    const [first, second] = await checkpoints()
    const { signer } = await auditKeys(client())
    const checkpoint = readCheckpoint(second.note)
    assert.isTrue(isSignedBy(checkpoint, signer.verifier))
    assert.deepEqual([checkpoint.size, checkpoint.root, checkpoint.previous], [13, tree.root(), Number(first.size)])
    assert.match(checkpoint.origin, /^medinfo\/[0-9a-f]{16}$/)
  })

  test('of many rows takes several checkpoints, and another process goes on where it stopped', async ({ assert }) => {
    await writeRows(client(), { numbers: upTo(4_100) })
    assert.deepEqual(await sealAudit(client()), { sealed: 4_100, size: 4_100 })
    assert.lengthOf(await checkpoints(), 3)
    asAnother()
    await writeRows(client(), { numbers: upTo(1) })
    assert.deepEqual(await sealAudit(client()), { sealed: 1, size: 4_101 })
    assert.deepEqual((await verifyAudit(client())).findings, [])
  })

  test('finds a row that was committed after rows with larger numbers', async ({ assert }) => {
    await writeRows(client(), { numbers: [1], id: 1_000 })
    await sealAudit(client())
    moveClock(30_000)
    await writeRows(client(), { numbers: [1], id: 1_010 })
    await sealAudit(client(), { look: 'minute' })
    await writeRows(client(), { numbers: [1], id: 1_005 })
    assert.deepEqual(await sealAudit(client(), { look: 'minute' }), { sealed: 1, size: 3 })
    // Committed after minutes, then after an hour: the wider looks find it.
    for (const [look, minutes, id, later] of [
      ['window', 10, 1_004, 1_020],
      ['all', 60, 900, 1_030],
    ] as const) {
      moveClock(now().getTime() - Date.now() + minutes * 60_000)
      await writeRows(client(), { numbers: [1], id: later })
      await sealAudit(client(), { look: 'minute' })
      await writeRows(client(), { numbers: [1], id })
      assert.equal((await sealAudit(client(), { look: 'minute' })).sealed, 0)
      assert.equal((await sealAudit(client(), { look })).sealed, 1)
    }
    assert.deepEqual((await verifyAudit(client())).findings, [])
  })

  test('by several at the same moment makes one tree', async ({ assert }) => {
    for (let round = 0; round < 5; round++) {
      await writeRows(client(), { numbers: upTo(50) })
      await Promise.all(Array.from({ length: 4 }, () => sealAudit(client())))
    }
    await sealAudit(client())
    const { rows, findings } = await verifyAudit(client())
    assert.deepEqual([rows, findings], [250, []])
  })

  test('is no false alarm while another seals between any two statements', async ({ assert }) => {
    const other = async () => {
      await writeRows(client(), { numbers: upTo(3) })
      await sealAudit(client())
    }
    await other()
    for (let statement = 0, isOver = false; !isOver; statement++) {
      let at = 0
      const disturbed = disturb(client(), async () => {
        if (at++ === statement) await other()
      })
      await sealAudit(disturbed)
      isOver = at <= statement
    }
    const { rows, unsealed, findings } = await verifyAudit(client())
    assert.deepEqual([rows % 3, unsealed, findings], [0, 0, []])
    assert.isAbove(rows, 15)
  })

  test('by one that another has replaced commits nothing', async ({ assert }) => {
    await writeRows(client(), { numbers: upTo(5) })
    const assertHeld = async () => {
      throw new Error('the lease is lost')
    }
    await assert.rejects(() => sealAudit(client(), { assertHeld }), /the lease is lost/)
    assert.deepEqual([await checkpoints(), await client().from('audit_leaves')], [[], []])
  })

  test('goes on under a new key, and what the former signed stays good', async ({ assert }) => {
    await writeRows(client(), { numbers: upTo(3) })
    await sealAudit(client())
    const { kekUri, wrapped } = await keyring().provider.wrap(Buffer.alloc(32, 9), 'medinfo/audit_signing')
    const [row] = await client().from('root_keys').where('purpose', 'audit_signing')
    const { id: _, ...rest } = row
    await client()
      .table('root_keys')
      .insert({ ...rest, version: 2, kek_uri: kekUri, wrapped })
    asAnother()
    await writeRows(client(), { numbers: upTo(3) })
    await sealAudit(client())
    const [one, two] = (await checkpoints()).map(({ note }) => readCheckpoint(note))
    assert.equal(one!.origin, two!.origin)
    assert.notEqual(one!.signatures[0]!.keyId, two!.signatures[0]!.keyId)
    assert.deepEqual((await verifyAudit(client())).findings, [])
  })
})

/** The same client, which does something else before each statement that it sends. */
function disturb(client: QueryClientContract, before: () => Promise<void>): QueryClientContract {
  const disturbed = (builder: object): any =>
    new Proxy(builder, {
      get(target, name) {
        const member = Reflect.get(target, name)
        if (typeof member !== 'function') return member
        return (...given: unknown[]) => {
          if (SENDS.has(name)) return before().then(() => member.apply(target, given))
          const answer = member.apply(target, given)
          return BUILDS.has(name) || answer === target ? disturbed(answer) : answer
        }
      },
    })
  return disturbed(client)
}

const SENDS = new Set<string | symbol>(['rawQuery', 'first', 'then', 'transaction'])
const BUILDS = new Set<string | symbol>(['from', 'query'])
