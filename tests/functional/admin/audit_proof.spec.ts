import { Writable } from 'node:stream'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { sealAudit } from '#app/audit/seal'
import { moveClock, now, toSqlInstant } from '#app/core/clock'
import { sendChunks } from '#admin/streams'
import { sessionOf, someone } from '#tests/acting'
import { anAuditor } from '#tests/functional/audit/some_export'

const BASE = () => `http://127.0.0.1:${process.env.PORT}/admin`
const EXPORT = '/streams/audit_export'
const VERIFICATION = '/streams/audit_verification'
const PAGE = '/api/pages/audit_proof'
const OTHERS = ['doctor', 'nurse', 'lab', 'reception', 'patient']

async function asked(path: string, headers: Record<string, string>, { method = 'GET', body }: RequestInit = {}) {
  const sent = { ...headers, ...(method === 'POST' && { 'x-xsrf-token': headers['x-csrf-token'] ?? '' }) }
  return fetch(BASE() + path, { method, body, redirect: 'manual', headers: { ...sent, connection: 'close' } })
}

function form(fields: Record<string, string>) {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.append(name, value)
  return data
}

/** Entries of what this person did, by what and with what outcome, the oldest first. */
async function entriesBy({ id }: { id: number }) {
  const rows = await db.from('audit_logs').where('user_id', id).where('action', 'like', 'audit.%').orderBy('id')
  return rows.map(({ action, outcome, details }) => ({
    what: `${action} ${outcome}`,
    details: JSON.parse(details as string) as Record<string, any>,
  }))
}

const linesOf = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, any>)

test.group('The proof of the audit is refused', (group) => {
  group.each.teardown(() => moveClock(0))
  group.each.timeout(60_000)

  test('to whoever is not signed in', async ({ assert }) => {
    assert.equal((await asked(EXPORT, {})).status, 401)
    assert.equal((await asked(VERIFICATION, {}, { method: 'POST' })).status, 401)
  })

  for (const role of OTHERS)
    test(`to the role ${role}`, async ({ assert }) => {
      const headers = await sessionOf(await someone(role))
      assert.equal((await asked(`${EXPORT}?format=csv`, headers)).status, 403)
      assert.equal((await asked(VERIFICATION, headers, { method: 'POST' })).status, 403)
      assert.equal((await asked(PAGE, headers)).status, 403)
      const body = form({ action: 'export', format: 'csv' })
      assert.equal((await asked(PAGE, headers, { method: 'POST', body })).status, 403)
    })

  test('to a page that does not show its token, and to an address that is none', async ({ assert }) => {
    const { 'x-csrf-token': _, ...headers } = await sessionOf(await someone('admin'))
    assert.equal((await asked(VERIFICATION, headers, { method: 'POST' })).status, 403)
    assert.equal((await asked(VERIFICATION, headers)).status, 404)
    assert.equal((await asked('/streams/other', headers)).status, 404)
  })

  test('as an export, to an administrator whose proof of who they are is old, and the audit tells', async ({
    assert,
  }) => {
    const admin = await someone('admin')
    const headers = await sessionOf(admin)
    await db
      .from('sessions')
      .where('user_id', admin.id)
      .update({ confirmed_at: toSqlInstant(new Date(now().getTime() - 600_000)) })
    const body = form({ action: 'export', format: 'csv' })
    const told = (await (await asked(PAGE, headers, { method: 'POST', body })).json()) as { problem: string }
    assert.equal(told.problem, 'step_up_required')
    const answer = await asked(`${EXPORT}?format=csv`, headers)
    assert.equal(answer.status, 403)
    assert.equal(((await answer.json()) as { code: string }).code, 'step_up_required')
    const whats = (await entriesBy(admin)).map(({ what }) => what)
    assert.deepEqual(whats, ['audit.ask_export refused', 'audit.export refused'])
  })

  test('as an export of what is none, with the field that is wrong', async ({ assert }) => {
    const headers = await sessionOf(await someone('admin'))
    const body = form({ action: 'export', format: 'csv', patient: 'MRN-1' })
    const told = (await (await asked(PAGE, headers, { method: 'POST', body })).json()) as { fields: object }
    assert.deepEqual(Object.keys(told.fields), ['patient'])
    assert.equal((await asked(`${EXPORT}?format=xlsx`, headers)).status, 422)
  })
})

test.group('The proof of the audit', (group) => {
  const { verdictOf } = anAuditor(group, () => db.connection())
  group.each.timeout(60_000)

  test('says how far the audit is sealed', async ({ assert }) => {
    const headers = await sessionOf(await someone('admin'))
    await sealAudit(db.connection())
    const last = await db.from('audit_checkpoints').orderBy('size', 'desc').firstOrFail()
    const state = (await (await asked(PAGE, headers)).json()) as Record<string, any>
    assert.equal(state.checkpoint.size, Number(last.size))
    assert.equal(state.late, 0)
    assert.isArray(state.anchors)
  })

  test('is an export that the auditor’s program finds whole, and one entry in the audit', async ({ assert }) => {
    const admin = await someone('admin')
    const headers = await sessionOf(admin)
    await sealAudit(db.connection())
    const from = new Date(Date.now() - 600_000).toISOString()
    for (const format of ['csv', 'ndjson']) {
      const answer = await asked(
        `${EXPORT}?${new URLSearchParams({ format, proof: 'true', from }).toString()}`,
        headers
      )
      assert.equal(answer.status, 200)
      assert.match(
        answer.headers.get('content-disposition')!,
        new RegExp(`attachment; filename="audit-[-0-9]+\\.${format}"`)
      )
      assert.equal(answer.headers.get('cache-control'), 'no-store')
      const verdict = await verdictOf(await answer.text())
      assert.deepEqual(verdict.findings, [])
      assert.isAbove(verdict.rows, 0)
    }
    const entries = await entriesBy(admin)
    assert.deepEqual(
      entries.map(({ what }) => what),
      ['audit.export done', 'audit.export done']
    )
    assert.deepEqual(entries[0]!.details.asked, { format: 'csv', proof: true, from })
  })

  test('is verified with progress and a verdict in words, in the audit', async ({ assert }) => {
    const admin = await someone('admin')
    await sealAudit(db.connection())
    const answer = await asked(VERIFICATION, await sessionOf(admin), { method: 'POST' })
    assert.equal(answer.status, 200)
    const lines = linesOf(await answer.text())
    assert.deepEqual(Object.keys(lines[0]!), ['rows', 'total'])
    const { result } = lines.at(-1)!
    assert.isString(result.verdict)
    assert.match(result.about.join(' '), /dans l’arbre[^]*Clé publique : medinfo/)
    const [entry] = await entriesBy(admin)
    assert.equal(entry!.what, 'audit.verify done')
  })

  test('asks the database for no more than the line takes', async ({ assert }) => {
    const [made, taken] = [{ chunks: 0 }, { chunks: 0, go: () => {} }]
    async function* endless() {
      while (true) yield `${++made.chunks}`.padEnd(1_000_000)
    }
    const slow = new Writable({
      write(_chunk, _encoding, next) {
        taken.chunks++
        taken.go = next
      },
    })
    const sending = sendChunks(endless(), slow)
    for (let n = 1; n <= 20; n++) {
      while (taken.chunks < n) await new Promise(setImmediate)
      for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate)
      assert.isAtMost(made.chunks - taken.chunks, 3)
      taken.go()
    }
    slow.destroy()
    await sending
  })
})
