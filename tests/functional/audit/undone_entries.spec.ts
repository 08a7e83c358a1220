import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import AuditLog from '#app/audit/audit_log'
import { recordRefusals } from '#app/audit/record'
import { callerOf } from '#tests/acting'

/** The database, which undoes so many inserts as if they had met somebody else's lock. */
function undoing(times: number) {
  const client = db.connection()
  let undone = 0
  return new Proxy(client, {
    get(target, name) {
      if (name === 'rawQuery')
        return async (sql: string, bindings: never[]) => {
          if (sql.startsWith('insert into audit_logs') && undone++ < times)
            throw Object.assign(new Error('Deadlock found'), { code: 'ER_LOCK_DEADLOCK', errno: 1213 })
          return target.rawQuery(sql, bindings)
        }
      const value = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

const entry = { action: 'patients.open', outcome: 'refused' } as const
const entriesOf = ({ requestId }: { requestId: string }) => AuditLog.query().where('request_id', requestId)

test.group('An entry that a deadlock undoes', () => {
  test('is written again, under the number that it had', async ({ assert }) => {
    const [before, after] = [callerOf(), callerOf()]
    await recordRefusals(db.connection(), [{ caller: before, entry }])
    await recordRefusals(undoing(3), [{ caller: after, entry }])
    const [first] = await entriesOf(before)
    const [second, ...more] = await entriesOf(after)
    assert.isEmpty(more)
    assert.deepEqual([second!.writer, Number(second!.wseq)], [first!.writer, Number(first!.wseq) + 1])
  })

  test('is unavailable where it goes on, and its number is the next one’s', async ({ assert }) => {
    const [before, undone, after] = [callerOf(), callerOf(), callerOf()]
    await recordRefusals(db.connection(), [{ caller: before, entry }])
    await assert.rejects(() => recordRefusals(undoing(Infinity), [{ caller: undone, entry }]), /audit_unavailable/)
    await recordRefusals(db.connection(), [{ caller: after, entry }])
    const [[first], [second]] = [await entriesOf(before), await entriesOf(after)]
    assert.isEmpty(await entriesOf(undone))
    assert.equal(Number(second!.wseq), Number(first!.wseq) + 1)
  })
})
