import { existsSync, readFileSync, statSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { auditKeys } from '#app/audit/audit_keys'
import { exitOf, jsonOf, medinfo, medinfoJson } from '#tests/functional/cli/medinfo'
import { tool } from '#tests/functional/audit/some_export'
import { callerOf, someone } from '#tests/acting'
import { recordRead } from '#app/audit/record'

test.group('The audit exported on the command line', (group) => {
  let folder: string
  group.each.setup(async () => {
    folder = await mkdtemp(join(tmpdir(), 'medinfo-export-'))
    return () => rm(folder, { recursive: true, force: true })
  })
  const within = (name: string) => join(folder, name)

  /** Somebody of whom the audit has two rows. */
  async function anAuditedUser() {
    const user = await someone('nurse')
    for (const action of ['patients.open', 'patients.list'])
      await recordRead(() => db.connection(), callerOf(user), { action, outcome: 'done', httpStatus: 200 })
    return user
  }

  test('overwrites nothing, and leaves nothing of an export that is refused', async ({ assert }) => {
    await writeFile(within('there.csv'), 'x')
    assert.equal(await exitOf('audit', 'export', '--output', within('there.csv')), 2)
    assert.equal(readFileSync(within('there.csv'), 'utf8'), 'x')
    assert.equal(await exitOf('audit', 'export', '--json'), 2)
    assert.equal(await exitOf('audit', 'export', '--format', 'xlsx', '--output', within('new.csv')), 2)
    const { code, json } = await medinfoJson('audit', 'export', '--from', 'yesterday', '--output', within('new.csv'))
    assert.deepEqual([code, json.error.errors[0].pointer], [1, '/from'])
    assert.isFalse(existsSync(within('new.csv')))
  })

  test('goes to the standard output alone, and tells beside it how many rows it has', async ({ assert }) => {
    const user = await anAuditedUser()
    const { code, out, err } = await medinfo('audit', 'export', '--user', user.email!, '--from', '2020-01-01')
    assert.equal(code, 0, err)
    const lines = out.split('\r\n')
    assert.lengthOf(lines, 5)
    assert.match(lines[0]!, /^uid,created_at,/)
    assert.include(lines[1], `,patients.open,`)
    assert.match(lines[3]!, /^# \{"medinfo_audit_export":1,/)
    assert.match(err, /^2 /m)
  })

  test('goes to a file that its owner alone reads, and that an auditor verifies', async ({ assert }) => {
    const { uuid } = await anAuditedUser()
    const file = within('proof.ndjson')
    const asked = ['--user', uuid, '--format', 'ndjson', '--proof']
    const { rows, unsealed } = await jsonOf('audit', 'export', ...asked, '--output', file)
    assert.deepEqual([rows, unsealed, statSync(file).mode & 0o777], [2, 0, 0o600])
    const vkeys = (await auditKeys(db.connection())).verifiers.map(({ vkey }) => vkey)
    const verdict = await tool.verifyExport({ file, vkeys })
    assert.deepEqual([verdict.rows, verdict.findings], [2, []])
    const { size } = await db.from('audit_checkpoints').orderBy('size').firstOrFail()
    const whole = await jsonOf('audit', 'export', '--proof', '--size', String(size), '--output', within('whole.csv'))
    const all = await tool.verifyExport({ file: within('whole.csv'), vkeys })
    assert.deepEqual([all.rows, all.complete, all.findings], [whole.rows, true, []])
  })
})
