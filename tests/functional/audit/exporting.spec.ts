import { parse } from 'csv-parse/sync'
import { test } from '@japa/runner'
import { leafHashOf } from '#app/audit/audit_entry'
import { readCheckpoint } from '#app/audit/checkpoint'
import { rootOfInclusion } from '#app/audit/merkle'
import { sealAudit } from '#app/audit/seal'
import { exportAudit } from '#app/audit_exports/export_audit'
import { now, toSqlInstant } from '#app/core/clock'
import { newUuid } from '#app/core/ids'
import { allRows, anAudit, upTo, withoutTriggers, writeRows } from '#tests/functional/audit/some_audit'
import { exported, tool } from '#tests/functional/audit/some_export'
import { auditOf } from '#tests/functional/core/probe'
import { callerOf, someone } from '#tests/acting'

type Row = Record<string, any>

const rowsOf = (text: string): Row[] =>
  text
    .split('\n')
    .slice(0, -2)
    .map((line) => JSON.parse(line) as Row)
const footerOf = (text: string): Row => JSON.parse(text.split('\n').at(-2)!.replace(/^# /, '')) as Row

test.group('An export of the audit is refused', () => {
  test('to whoever may not take it away, and that is in the audit', async ({ assert }) => {
    for (const role of ['doctor', 'nurse', 'lab', 'reception', 'patient']) {
      const caller = callerOf(await someone(role))
      await assert.rejects(() => exportAudit(caller, { format: 'csv' }), /forbidden/)
      assert.deepInclude((await auditOf(caller.requestId))[0], { action: 'audit.export', outcome: 'refused' })
    }
  })

  test('to an administrator who has not just proven that it is them', async ({ assert }) => {
    const caller = { ...callerOf(await someone('admin')), via: 'admin' as const }
    await assert.rejects(() => exportAudit(caller, { format: 'csv' }), /session_required/)
  })

  test('in a format that is none, of a day that is none, of a person who is none', async ({ assert }) => {
    const refused = async (given: object) => assert.rejects(() => exportAudit(callerOf(), given))
    await refused({ format: 'xlsx' })
    await refused({ format: 'csv', from: '2026-02-30T00:00:00Z' })
    await refused({ format: 'csv', user: 'nobody@example.org' })
    await refused({ format: 'csv', patient: '1' })
  })
})

test.group('To export the audit', () => {
  test('is in the audit itself, with what was asked', async ({ assert }) => {
    const [caller, patient] = [callerOf(await someone('admin')), newUuid()]
    const { chunks } = await exportAudit(
      { ...caller, via: 'cli' },
      { format: 'csv', patient, to: '2026-01-01T00:00:00Z' }
    )
    const [entry] = await auditOf(caller.requestId)
    assert.deepInclude(entry, { action: 'audit.export', outcome: 'done' })
    const { asked } = JSON.parse(entry!.details) as { asked: object }
    assert.deepEqual(asked, { format: 'csv', proof: false, patient, to: '2026-01-01T00:00:00Z' })
    await chunks.return(undefined)
  })
})

test.group('An export of the audit', (group) => {
  const { client } = anAudit(group)

  test('has each row once, however many there are of one instant', async ({ assert }) => {
    const at = new Date(now().getTime() - 3_600_000)
    // Seven of each instant, so that pages end in the midst of one.
    for (let n = 0; n < 7; n++) await writeRows(client(), { numbers: upTo(186), at })
    const ids = (await allRows(client())).map(({ uid }) => uid)
    const { text, counts } = await exported(client())
    assert.sameMembers(
      rowsOf(text).map(({ uid }) => uid),
      ids
    )
    assert.equal(counts.rows, 1_302)
    assert.deepEqual(Object.keys(rowsOf(text)[0]!).slice(-2), ['user_uuid', 'user_name'])
  })

  test('has what was asked for, and nothing else', async ({ assert }) => {
    const [patient, uuid] = [newUuid(), newUuid()]
    const at = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour))
    for (let hour = 0; hour < 6; hour++) await writeRows(client(), { numbers: [1], at: at(hour) })
    const rows = await allRows(client())
    const made = toSqlInstant(now())
    await client().table('users').insert({ uuid, name: 'Awa', created_at: made, updated_at: made })
    const user = await client().from('users').where({ uuid }).firstOrFail()
    await withoutTriggers(client(), async () => {
      await client().from('audit_logs').where('id', rows[2]!.id).update({ patient_uuid: patient, user_id: user.id })
    })
    const found = async (given: Record<string, unknown>) =>
      rowsOf((await exported(client(), given)).text).map(({ uid }) => uid)
    const uids = rows.map(({ uid }) => uid)
    assert.deepEqual(await found({ from: at(2).toISOString() }), uids.slice(2))
    assert.deepEqual(await found({ from: at(1).toISOString(), to: at(3).toISOString() }), uids.slice(1, 3))
    assert.deepEqual(await found({ patient }), [uids[2]])
    assert.deepEqual(await found({ user: uuid }), [uids[2]])
    assert.deepEqual(await found({ user: uuid, to: at(2).toISOString() }), [])
    const [row] = rowsOf((await exported(client(), { user: uuid })).text)
    assert.deepInclude(row, { user_uuid: uuid, user_name: 'Awa' })
  })

  test('in CSV runs nothing in a table program, and tells NULL from an empty text', async ({ assert }) => {
    await writeRows(client(), { numbers: upTo(9) })
    const texts = ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', "'x", '', 'a "b", c\nd']
    const ids = (await allRows(client())).map(({ id }) => id)
    await withoutTriggers(client(), async () => {
      for (const [at, id] of ids.entries())
        await client().from('audit_logs').where({ id }).update({ user_agent: texts[at], role: null })
    })
    const { text } = await exported(client(), { format: 'csv' })
    const body = text.slice(0, text.lastIndexOf('# '))
    const cells = (parse(body, { columns: true }) as Row[]).map(({ user_agent: agent }) => agent as string)
    assert.deepEqual(cells, ["'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\tx", "'\rx", "''x", '', 'a "b", c\nd'])
    assert.lengthOf(body.match(/,"",/g)!, 1)
  })

  test('proves each row by a path to the signed root, of trees of every size', async ({ assert }) => {
    for (let size = 1; size <= 40; size++) {
      await writeRows(client(), { numbers: [1] })
      await sealAudit(client())
      const { text, counts } = await exported(client(), { proof: true })
      const { root } = readCheckpoint(footerOf(text).checkpoint as string)
      const rows = rowsOf(text)
      assert.deepEqual(counts, { rows: size, unsealed: 0, size })
      for (const row of rows) {
        const leaf = leafHashOf({ ...row, writer: Buffer.from(row.writer as string, 'hex') })
        const proof = row.proof.map((hash: string) => Buffer.from(hash, 'base64')) as Buffer[]
        assert.deepEqual(rootOfInclusion(leaf, row.leaf as number, size, proof), root)
      }
    }
  })

  test('proves of many rows too, and leaves out what is not sealed', async ({ assert }) => {
    await writeRows(client(), { numbers: upTo(2_500) })
    await sealAudit(client())
    await writeRows(client(), { numbers: upTo(3) })
    const { text, counts } = await exported(client(), { proof: true })
    assert.deepEqual(counts, { rows: 2_500, unsealed: 3, size: 2_500 })
    const { root } = readCheckpoint(footerOf(text).checkpoint as string)
    for (const row of rowsOf(text)) {
      const leaf = leafHashOf({ ...row, writer: Buffer.from(row.writer as string, 'hex') })
      const proof = row.proof.map((hash: string) => Buffer.from(hash, 'base64')) as Buffer[]
      assert.isTrue(rootOfInclusion(leaf, row.leaf as number, 2_500, proof)?.equals(root))
    }
    assert.match(footerOf(text).statement as string, /\nrows 2500\nunsealed 3\n/)
  })

  test('proves that former trees are the beginning of its own', async ({ assert }) => {
    await writeRows(client(), { numbers: upTo(70) })
    await sealAudit(client())
    const { text } = await exported(client(), { proof: true, sizes: upTo(80) })
    const { checkpoint, consistency } = footerOf(text)
    const { root } = readCheckpoint(checkpoint as string)
    assert.deepEqual(
      (consistency as Row[]).map(({ size }) => size as number),
      upTo(69)
    )
    for (const { size, root: former, proof } of consistency as Row[]) {
      const hashes = (proof as string[]).map((hash) => Buffer.from(hash, 'base64'))
      const given = {
        first: size,
        second: 70,
        firstRoot: Buffer.from(former, 'base64'),
        secondRoot: root,
        proof: hashes,
      }
      assert.isTrue(tool.isConsistent(given), `${size}`)
      assert.isFalse(tool.isConsistent({ ...given, firstRoot: Buffer.alloc(32) }))
      assert.isFalse(tool.isConsistent({ ...given, first: size + 1 }))
    }
  })
})
