import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { recordRead } from '#app/audit/record'
import { lose, lostNumbers, takeNumber, WRITER } from '#app/audit/writer'
import { verifyAudit } from '#app/audit/verify_audit'
import { callerOf } from '#tests/acting'
import { auditOf, withAuditFault } from '#tests/functional/core/probe'

const read = (caller = callerOf()) =>
  recordRead(() => db.connection(), caller, { action: 'tests.row', outcome: 'done' })

test.group('A number that was lost with its connection', () => {
  test('is told by the next row that is written for certain, and verified', async ({ assert }) => {
    await read()
    const lost = [takeNumber(), takeNumber()]
    lose(lost)
    await withAuditFault(async () => {
      await assert.rejects(() => read({ ...callerOf(), requestId: 'fault-lost' }), /audit_unavailable/)
    })
    assert.deepEqual(lostNumbers(), lost)
    const [telling, next] = [callerOf(), callerOf()]
    await read(telling)
    await read(next)
    const details = async ({ requestId }: { requestId: string }) => JSON.parse((await auditOf(requestId))[0]!.details)
    assert.deepEqual([(await details(telling)).lost_numbers, (await details(next)).lost_numbers], [lost, undefined])
    const { notices, findings } = await verifyAudit(db.connection())
    // Other tests of this process take numbers away by force, before these.
    const isOurs = ({ writer, number }: { writer?: string; number?: number }) =>
      writer === WRITER.toString('hex') && number! >= Math.min(...lost)
    const of = (all: { writer?: string; number?: number; kind: string }[]) =>
      all.filter(isOurs).map(({ kind, number }) => [kind, number])
    assert.includeDeepMembers(
      of(notices),
      lost.map((number) => ['number_lost', number])
    )
    assert.deepEqual(of(findings), [])
  })
})
