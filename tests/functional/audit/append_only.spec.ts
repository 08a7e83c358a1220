import { test } from '@japa/runner'
import { sealAudit } from '#app/audit/seal'
import { anAudit, upTo, writeRows } from '#tests/functional/audit/some_audit'

test.group('Rows, leaves and checkpoints of the audit', (group) => {
  const { client } = anAudit(group)

  test('cannot be altered or deleted', async ({ assert }) => {
    await writeRows(client(), { numbers: upTo(3) })
    await sealAudit(client())
    const tables = { audit_logs: 'action', audit_leaves: 'hash', audit_checkpoints: 'note' }
    for (const [table, column] of Object.entries(tables)) {
      const before = await client().from(table)
      assert.isNotEmpty(before)
      await assert.rejects(
        () =>
          client()
            .from(table)
            .update({ [column]: 'x' }),
        /append-only/
      )
      await assert.rejects(() => client().from(table).delete(), /append-only/)
      // SQLite deletes what it replaces, and by default calls no trigger for it.
      const [columns, values] = [Object.keys(before[0]), Object.values(before[0])]
      const into = `into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`
      await assert.rejects(() => client().rawQuery(`replace ${into}`, values as never[]), /append-only/)
      assert.deepEqual(await client().from(table), before)
    }
  })
})
