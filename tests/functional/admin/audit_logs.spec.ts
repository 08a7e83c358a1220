import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type { Outcome } from '#app/audit/audit_entry'
import { browseAuditLogs, openAuditLog } from '#app/audit/browse_audit_logs'
import { recordRefusals } from '#app/audit/record'
import { newUuid } from '#app/core/ids'
import { callerOf, sessionOf, someone } from '#tests/acting'
import { auditOf } from '#tests/functional/core/probe'
import { somePatient } from '#tests/functional/patients/some_patient'
import { queriesOf } from '#tests/functional/queries'

const FIRST = { offset: 0, limit: 25 }
const OTHERS = ['doctor', 'nurse', 'lab', 'reception', 'patient']
const address = (path: string) => `http://127.0.0.1:${process.env.PORT}/admin/api/resources/audit_logs${path}`

/** So many entries of one action by somebody. */
async function entriesOf(given: { action: string; outcome?: Outcome; patientUuid?: string; count?: number }) {
  const { count = 1, outcome = 'done', ...entry } = given
  const user = await someone('admin')
  const caller = callerOf(user)
  await recordRefusals(
    db.connection(),
    Array.from({ length: count }, (_, n) => ({ caller, entry: { ...entry, outcome, details: { n, 'a <b>': ['x'] } } }))
  )
  return user
}

const admin = async () => callerOf(await someone('admin'))
const found = async (filters: object) => browseAuditLogs(await admin(), { ...FIRST, filters })

test.group('The audit in the back office is refused', () => {
  for (const role of OTHERS)
    test(`to the role ${role}, as a list and as an entry, and that is in the audit`, async ({ assert }) => {
      const caller = callerOf(await someone(role))
      const [row] = (await browseAuditLogs(await admin(), FIRST)).rows
      await assert.rejects(() => browseAuditLogs(caller, FIRST), /forbidden/)
      await assert.rejects(() => openAuditLog(caller, { id: row!.id }), /forbidden/)
      const told = (await auditOf(caller.requestId)).map(({ action, outcome }) => `${action} ${outcome}`)
      assert.deepEqual(told, ['audit.browse refused', 'audit.open refused'])
    })

  test('to whoever would write, delete or add an entry', async ({ assert }) => {
    const headers = await sessionOf(await someone('admin'))
    const [row] = (await browseAuditLogs(await admin(), FIRST)).rows
    const sent = { ...headers, 'x-xsrf-token': headers['x-csrf-token']! }
    const before = await db.from('audit_logs').where('uid', row!.id).firstOrFail()
    for (const path of ['/actions/new', `/records/${row!.id}/edit`, `/records/${row!.id}/delete`]) {
      const answer = await fetch(address(path), { method: 'POST', headers: sent, body: new FormData() })
      assert.notInclude(await answer.text(), '"type":"success"', path)
    }
    assert.deepEqual(await db.from('audit_logs').where('uid', row!.id).firstOrFail(), before)
  })
})

test.group('The audit in the back office', () => {
  test('has the newest first, and pages of it', async ({ assert }) => {
    const action = `tests.newest_${Date.now()}`.replaceAll(/\d/g, (digit) => 'abcdefghij'[Number(digit)]!)
    await entriesOf({ action, count: 30 })
    const { rows, total } = await found({ action })
    assert.equal(total, 30)
    assert.lengthOf(rows, 25)
    const second = await browseAuditLogs(await admin(), { offset: 25, limit: 25, filters: { action } })
    const numbers = [...rows, ...second.rows].map(({ details }) => (JSON.parse(details) as { n: number }).n)
    assert.deepEqual(
      numbers,
      Array.from({ length: 30 }, (_, n) => 29 - n)
    )
  })

  test('is narrowed by who, by uuid or e-mail', async ({ assert }) => {
    const user = await entriesOf({ action: 'tests.who', count: 3 })
    for (const asked of [user.uuid, user.email!, user.email!.toUpperCase()]) {
      const { rows, total } = await found({ user: asked })
      assert.equal(total, 3)
      assert.deepEqual(new Set(rows.map(({ user_id: id }) => id)), new Set([user.uuid]))
    }
    for (const nobody of [newUuid(), 'nobody@example.org', 'Zoë', '%'])
      assert.equal((await found({ user: nobody })).total, 0)
  })

  test('is narrowed by patient, by uuid or medical record number', async ({ assert }) => {
    const { uuid, mrn } = await somePatient()
    const known = await db.from('audit_logs').where('patient_uuid', uuid)
    assert.isAbove(known.length, 0)
    for (const asked of [uuid, uuid.toUpperCase(), mrn, mrn.toLowerCase()])
      assert.deepEqual(
        (await found({ patient: asked })).rows.map(({ patient }) => patient),
        known.map(() => uuid)
      )
    for (const nobody of [newUuid(), 'NONE-1', 'é', "' or 1=1"])
      assert.equal((await found({ patient: nobody })).total, 0)
  })

  test('is narrowed by action, outcome and period, one by one and all at once', async ({ assert }) => {
    const patient = newUuid()
    const user = await entriesOf({ action: 'tests.narrowed', outcome: 'refused', patientUuid: patient, count: 2 })
    const [row] = (await found({ patient })).rows
    const at = (seconds: number) => new Date(Date.parse(row!.created_at) + seconds * 1000).toISOString()
    const all = { action: 'tests.narrowed', outcome: 'refused', user: user.uuid, patient }
    const around = { created_at_from: at(-60), created_at_to: at(60) }
    assert.equal((await found({ ...all, ...around })).total, 2)
    for (const other of [
      { action: 'tests.other' },
      { outcome: 'done' },
      { created_at_from: at(60) },
      { created_at_to: at(-60) },
    ])
      assert.equal((await found({ ...all, ...around, ...other })).total, 0, JSON.stringify(other))
    const refused = await found({ outcome: 'refused' })
    assert.isTrue(refused.rows.every(({ outcome }) => outcome === 'refused'))
  })

  test('refuses a filter that is none', async ({ assert }) => {
    for (const filters of [{ outcome: 'perhaps' }, { created_at_from: 'yesterday' }])
      await assert.rejects(() => found(filters))
  })

  test('shows of an entry all that is kept, its details as text', async ({ assert }) => {
    const user = await entriesOf({ action: 'tests.whole' })
    const [row] = (await found({ user: user.uuid })).rows
    const shown = await openAuditLog(await admin(), { id: row!.id })
    const kept = await db.from('audit_logs').where('uid', row!.id).firstOrFail()
    const { via, ...details } = JSON.parse(kept.details as string) as Record<string, unknown>
    assert.deepEqual(JSON.parse(shown.details), details)
    assert.include(shown.details, '\n  "n": 0')
    assert.deepInclude(shown, { via, user_id: user.uuid, user: user.name, request_id: kept.request_id })
    assert.deepInclude(shown, {
      writer: kept.writer.toString('hex'),
      code: kept.mac.toString('hex'),
      number: Number(kept.wseq),
    })
    await assert.rejects(async () => openAuditLog(await admin(), { id: newUuid() }), /not_found/)
  })

  test('tells the audit what was looked for', async ({ assert }) => {
    const [caller, patient] = [await admin(), newUuid()]
    await browseAuditLogs(caller, { ...FIRST, filters: { patient } })
    const [entry] = await auditOf(caller.requestId)
    const { asked } = JSON.parse(entry!.details) as { asked: object }
    assert.deepEqual(asked, { patient: patient.toUpperCase() })
  })

  test('is given to a browser newest first, with filters as AdminJS sends them', async ({ assert }) => {
    const user = await entriesOf({ action: 'tests.browsed', count: 2 })
    const from = encodeURIComponent(new Date(Date.now() - 3_600_000).toISOString())
    const query = `filters.user=${user.uuid}&filters.created_at~~from=${from}&filters.outcome=done`
    const answer = await fetch(address(`/actions/list?${query}`), {
      headers: { ...(await sessionOf(await someone('admin'))), connection: 'close' },
    })
    const { records, meta } = (await answer.json()) as {
      records: { params: { action: string; details: string } }[]
      meta: { total: number }
    }
    assert.equal(meta.total, 2)
    assert.deepEqual(
      records.map(({ params }) => (JSON.parse(params.details) as { n: number }).n),
      [1, 0]
    )
  })
})

test.group('A page of the audit', (group) => {
  const isSqlite = db.primaryConnectionName === 'sqlite'
  const filters: Record<string, object | (() => Promise<object>)> = {
    'no filter': {},
    'a period': { created_at_from: '2026-01-01T00:00:00Z', created_at_to: '2100-01-01T00:00:00Z' },
    'a user': async () => ({ user: (await someone('admin')).uuid }),
    'a patient': { patient: newUuid() },
    'a record number': async () => ({ patient: (await somePatient()).mrn }),
    'an action': { action: 'patients.open' },
    'an outcome': { outcome: 'done' },
  }
  group.each.timeout(60_000)

  for (const [name, asked] of Object.entries(filters))
    test(`by ${name} is read from an index in its order, and never sorted`, async ({ assert }) => {
      const [caller, narrowed] = [await admin(), typeof asked === 'function' ? await asked() : asked]
      const queries = await queriesOf(() => browseAuditLogs(caller, { ...FIRST, filters: narrowed }))
      const own = queries.filter(({ sql }) => /from .?audit_logs/.test(sql) && sql.startsWith('select'))
      assert.isAtLeast(own.length, 2)
      for (const { sql, bindings } of own) {
        // MariaDB plans nothing where the person is none.
        const plan = await planOf(sql, bindings)
        assert.match(plan, /audit_logs_\w+_index/, sql)
        assert.notMatch(plan, /SCAN audit_logs(?! USING (COVERING )?INDEX)|TEMP B-TREE|filesort/i, sql)
      }
    })

  async function planOf(sql: string, bindings: unknown[]): Promise<string> {
    const explained: unknown = await db.rawQuery(
      `${isSqlite ? 'explain query plan' : 'explain'} ${sql}`,
      bindings as string[]
    )
    return JSON.stringify(explained)
  }
})
