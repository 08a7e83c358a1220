import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type { Outcome } from '#app/audit/audit_entry'
import { browseAuditLogs } from '#app/audit/browse_audit_logs'
import { recordRefusals } from '#app/audit/record'
import { COUNTED } from '#app/core/browse'
import { callerOf, someone } from '#tests/acting'
import { officeWith } from '#tests/functional/admin/office'
import { queriesOf } from '#tests/functional/queries'

const FIRST = { offset: 0, limit: 25 }
const GROUP = 1000
const MORE_THAN_COUNTED = COUNTED + 100
const isSqlite = db.primaryConnectionName === 'sqlite'

async function entries(action: string, outcome: Outcome, count: number) {
  const caller = callerOf(await someone('admin'))
  for (let made = 0; made < count; made += GROUP) {
    const told = Array.from({ length: Math.min(GROUP, count - made) }, () => ({ caller, entry: { action, outcome } }))
    await recordRefusals(db.connection(), told)
  }
}

/** What MariaDB reads for the statements of `work`, done again on one connection that nobody else uses. */
async function rowsReadBy(work: () => Promise<unknown>): Promise<number> {
  const queries = (await queriesOf(work)).filter(({ sql }) => /from .?audit_logs/.test(sql) && sql.startsWith('select'))
  if (!queries.length) throw new Error('nothing was read of the audit')
  return db.transaction(async (trx) => {
    await trx.rawQuery('flush status')
    for (const { sql, bindings } of queries) await trx.rawQuery(sql, bindings as string[])
    const [counters] = await trx.rawQuery(`show session status like 'Handler_read%'`)
    return (counters as { Value: string }[]).reduce((sum, { Value }) => sum + Number(Value), 0)
  })
}

test.group('Of an audit with more entries than are counted', (group) => {
  group.setup(async () => {
    await entries('tests.both', 'refused', 1)
    await entries('tests.both', 'done', MORE_THAN_COUNTED)
    await entries('tests.neither', 'refused', MORE_THAN_COUNTED)
  })
  group.each.timeout(60_000)

  const first = async (filters = {}) => {
    const caller = callerOf(await someone('admin'))
    return () => browseAuditLogs(caller, { ...FIRST, filters })
  }

  test('the first page reads as much as before when there are more of them', async ({ assert }) => {
    const page = await first()
    const before = await rowsReadBy(page)
    assert.isAbove(before, COUNTED)
    await entries('tests.more', 'done', 2 * GROUP)
    assert.isAtMost(Math.abs((await rowsReadBy(page)) - before), 100)
  }).skip(isSqlite, 'SQLite does not count the rows that it reads')

  test('several filters of which each finds many read as much as before, too', async ({ assert }) => {
    const both = await first({ action: 'tests.both', outcome: 'refused' })
    const before = await rowsReadBy(both)
    await entries('tests.both', 'done', 2 * GROUP)
    await entries('tests.neither', 'refused', 2 * GROUP)
    // Entries of one instant are read all or none, and a group has few instants.
    assert.isAtMost(Math.abs((await rowsReadBy(both)) - before), GROUP)
  }).skip(isSqlite, 'SQLite does not count the rows that it reads')

  test('several filters look as far as each may, and say since when', async ({ assert }) => {
    const page = await (await first({ action: 'tests.both', outcome: 'refused' }))()
    assert.deepEqual([page.rows.length, page.total], [0, 0])
    assert.instanceOf(page.since, Date)
    const [oldest] = (await (await first({ created_at_to: page.since!.toISOString() }))()).rows
    assert.exists(oldest)
    const until = { created_at_to: page.since!.toISOString() }
    const earlier = await (await first({ action: 'tests.both', outcome: 'refused', ...until }))()
    assert.deepEqual([earlier.rows.length, earlier.since ?? null], [1, null])
  })

  test('a filter of which there are few finds all that it has, whatever else is asked', async ({ assert }) => {
    await entries('tests.few', 'refused', 3)
    const page = await (await first({ action: 'tests.few', outcome: 'refused' }))()
    assert.deepEqual([page.total, page.since ?? null], [3, null])
  })

  test('who looks is told in words that not all was read', async ({ assert }) => {
    const office = await officeWith('admin')
    const { body } = await office.list('audit_logs', 'filters.action=tests.both&filters.outcome=refused')
    assert.deepInclude(body.notice, { message: 'looked_at_since', type: 'info' })
    assert.match((body.notice as unknown as { options: { since: string } }).options.since, /^\d{1,2} .* UTC$/)
    assert.notExists((await office.list('audit_logs', 'filters.action=tests.few')).body.notice)
  })
})
