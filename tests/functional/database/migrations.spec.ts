import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { migrate, withScratchDatabase } from '#tests/functional/database/scratch_database'
import { schemaFacts } from '#tests/functional/database/schema_facts'

const OWN_OF_LUCID = ['adonis_schema', 'adonis_schema_versions']

const AUDITED = {
  uid: '018f3e1c-0000-7000-8000-000000000001',
  created_at: '2026-01-01 00:00:00.000',
  writer: Buffer.alloc(8),
  wseq: 1,
  action: 'tests.row',
  outcome: 'done',
  mac: Buffer.alloc(16),
}

test.group('Migrations', () => {
  test('go up, down to nothing, and up again to the same tables', async ({ assert }) => {
    await withScratchDatabase(async (scratch) => {
      await migrate(scratch, 'up')
      const first = await schemaFacts(scratch)
      assert.isAtLeast(Object.keys(first).length, 30)
      await migrate(scratch, 'down')
      assert.sameMembers(Object.keys(await schemaFacts(scratch)), OWN_OF_LUCID)
      await migrate(scratch, 'up')
      assert.deepEqual(await schemaFacts(scratch), first)
    })
  })

  test('go down while there are people to whom the audit refers', async ({ assert }) => {
    await withScratchDatabase(async (scratch) => {
      await migrate(scratch, 'up')
      const client = db.connection(scratch)
      const times = { created_at: '2026-01-01 00:00:00.000', updated_at: '2026-01-01 00:00:00.000' }
      await client.table('users').insert({ id: 1, uuid: AUDITED.uid, name: 'Somebody', ...times })
      await client.table('audit_logs').insert({ ...AUDITED, user_id: 1 })
      await migrate(scratch, 'down')
      assert.sameMembers(Object.keys(await schemaFacts(scratch)), OWN_OF_LUCID)
    })
  })

  test('run again change nothing', async ({ assert }) => {
    const before = await schemaFacts()
    assert.deepEqual(await migrate(db.primaryConnectionName, 'up'), [])
    assert.deepEqual(await schemaFacts(), before)
  })

  test('make the one row that numbers changes, and guard the audit from the first moment', async ({ assert }) => {
    await withScratchDatabase(async (scratch) => {
      await migrate(scratch, 'up')
      const client = db.connection(scratch)
      assert.deepEqual(
        (await client.from('sync_heads')).map(({ id, seq }) => [Number(id), Number(seq)]),
        [[1, 0]]
      )
      await client.table('audit_logs').insert(AUDITED)
      await assert.rejects(() => client.from('audit_logs').delete(), /append-only/)
      await assert.rejects(() => client.from('audit_logs').update({ action: 'x' }), /append-only/)
    })
  })
})
