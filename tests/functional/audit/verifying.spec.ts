import { test } from '@japa/runner'
import { AUDIT_COLUMNS } from '#app/audit/audit_entry'
import { auditKeys } from '#app/audit/audit_keys'
import { signerOf, signNote, writeCheckpoint } from '#app/audit/checkpoint'
import { OPEN_FOR_MS, sealAudit } from '#app/audit/seal'
import { verifyAudit } from '#app/audit/verify_audit'
import { moveClock, now } from '#app/core/clock'
import { allRows, anAudit, upTo, withoutTriggers, writeRows } from '#tests/functional/audit/some_audit'

test.group('An audit that was tampered with', (group) => {
  const { client } = anAudit(group)
  group.each.teardown(() => moveClock(0))

  const kinds = async () => (await verifyAudit(client())).findings.map(({ kind }) => kind)
  const spoil = (work: () => Promise<unknown>) => withoutTriggers(client(), work)

  const textOf = (note: string) => note.slice(0, note.indexOf('\n\n') + 1)

  /** Forty rows of three processes in four checkpoints. */
  async function sealed() {
    for (let n = 0; n < 4; n++) {
      await writeRows(client(), { numbers: upTo(n === 3 ? 4 : 12) })
      await sealAudit(client())
    }
    return allRows(client())
  }

  test('is told with the row, for each column that was altered', async ({ assert }) => {
    const row = (await sealed())[17]!
    for (const column of AUDIT_COLUMNS) {
      const altered: Record<string, unknown> = { wseq: 4711, user_id: 1, http_status: 404, writer: Buffer.alloc(8, 1) }
      const value = altered[column] ?? (column === 'created_at' ? '2020-01-01 00:00:00.000' : 'x')
      await spoil(() =>
        client()
          .from('audit_logs')
          .where('id', row.id)
          .update({ [column]: value })
      )
      const { findings } = await verifyAudit(client())
      assert.deepInclude(findings[0], { kind: 'row_altered', id: Number(row.id), leaf: 17 }, column)
      await spoil(() =>
        client()
          .from('audit_logs')
          .where('id', row.id)
          .update({ [column]: row[column] as string })
      )
    }
    assert.deepEqual(await kinds(), [])
  })

  test('is told when a row is gone, was added, or took the place of another', async ({ assert }) => {
    const rows = await sealed()
    const [one, other] = [rows[5]!, rows[20]!]
    await spoil(() => client().from('audit_logs').where('id', one.id).delete())
    const { findings } = await verifyAudit(client())
    assert.deepInclude(findings[0], { kind: 'row_missing', id: Number(one.id), leaf: 5 })
    await client().table('audit_logs').insert(one)
    assert.deepEqual(await kinds(), [])
    await spoil(() => client().from('audit_logs').where('id', other.id).update({ mac: one.mac }))
    assert.deepEqual(await kinds(), ['row_forged'])
    await spoil(() => client().from('audit_logs').where('id', other.id).update({ mac: other.mac }))
    await writeRows(client(), { numbers: [1] })
    const unsealed = (await allRows(client())).at(-1)!
    await spoil(() => client().from('audit_logs').where('id', unsealed.id).update({ action: 'forged' }))
    assert.deepEqual(await kinds(), ['row_forged'])
  })

  test('is told when leaves are exchanged, altered or gone', async ({ assert }) => {
    await sealed()
    const leaves = () => client().from('audit_leaves')
    const [one, other] = await leaves().whereIn('leaf', [4, 8]).orderBy('leaf')
    await spoil(async () => {
      await leaves().where('leaf', 4).update({ audit_id: 1_000_000 })
      await leaves().where('leaf', 8).update({ audit_id: one.audit_id })
      await leaves().where('leaf', 4).update({ audit_id: other.audit_id })
    })
    assert.includeMembers(await kinds(), ['leaf_altered', 'root_differs'])
    await spoil(async () => {
      await leaves().where('leaf', 4).update({ audit_id: 1_000_000 })
      await leaves().where('leaf', 8).update({ audit_id: other.audit_id })
      await leaves().where('leaf', 4).update({ audit_id: one.audit_id })
    })
    assert.deepEqual(await kinds(), [])
    await spoil(() =>
      leaves()
        .where('leaf', 4)
        .update({ hash: Buffer.alloc(32) })
    )
    assert.deepEqual(await kinds(), ['leaf_altered'])
    await spoil(() => leaves().where('leaf', 4).update({ hash: one.hash }))
    const { node } = await leaves().where('leaf', 7).firstOrFail()
    await spoil(() =>
      leaves()
        .where('leaf', 7)
        .update({ node: Buffer.alloc(32) })
    )
    assert.deepEqual(await kinds(), ['leaf_altered'])
    await spoil(() => leaves().where('leaf', 7).update({ node: null }))
    assert.deepEqual(await kinds(), ['leaf_altered'])
    await spoil(() => leaves().where('leaf', 7).update({ node }))
    await spoil(() => leaves().where('leaf', 4).delete())
    assert.includeMembers(await kinds(), ['leaf_missing', 'root_differs'])
  })

  test('is told when the end is cut off, of leaves or of checkpoints', async ({ assert }) => {
    await sealed()
    const last = await client().from('audit_checkpoints').orderBy('size', 'desc').firstOrFail()
    await spoil(() => client().from('audit_checkpoints').where('size', last.size).delete())
    assert.deepEqual(await kinds(), ['leaves_unsigned'])
    await client().table('audit_checkpoints').insert(last)
    await spoil(() => client().from('audit_leaves').where('leaf', '>', 36).delete())
    assert.deepEqual((await verifyAudit(client())).findings, [{ kind: 'tree_truncated', size: 40, count: 3 }])
  })

  test('is told when a checkpoint is forged, altered or gone', async ({ assert }) => {
    await sealed()
    const checkpoints = () => client().from('audit_checkpoints')
    const row = await checkpoints().where('size', 24).firstOrFail()
    const put = (given: object) => spoil(() => checkpoints().where('size', 24).update(given))
    const { signer } = await auditKeys(client())
    const forger = signerOf(Buffer.alloc(32, 3), signer.name)
    const time = new Date(`${row.created_at.replace(' ', 'T')}Z`)
    const note = writeCheckpoint({ size: 24, root: row.root, previous: 12, time }, forger)
    for (const [given, kind] of [
      [{ note }, 'checkpoint_unsigned'],
      [{ note: 'x' }, 'checkpoint_altered'],
      [{ note: signNote(textOf(row.note).replace(signer.name, 'medinfo/other'), signer) }, 'checkpoint_altered'],
      [{ created_at: '2020-01-01 00:00:00.000' }, 'checkpoint_altered'],
    ] as const) {
      await put(given)
      assert.deepEqual(await kinds(), [kind])
      await put({ note: row.note, created_at: row.created_at })
    }
    const root = Buffer.alloc(32, 5)
    const fromThere = async () => (await verifyAudit(client(), { from: 24 })).findings.map(({ kind }) => kind)
    assert.deepEqual(await fromThere(), [])
    await put({ root })
    assert.deepEqual(await kinds(), ['checkpoint_altered', 'root_differs'])
    assert.deepEqual(await fromThere(), ['checkpoint_altered', 'root_differs'])
    await put({ root, note: writeCheckpoint({ size: 24, root, previous: 12, time }, signer) })
    assert.deepEqual(await kinds(), ['root_differs'])
    assert.deepEqual(await fromThere(), ['root_differs'])
    await spoil(() => checkpoints().where('size', 24).delete())
    assert.deepEqual((await verifyAudit(client())).findings, [{ kind: 'checkpoint_missing', size: 24 }])
  })

  test('is told when a row was deleted before it was sealed, once its process has gone on', async ({ assert }) => {
    const at = new Date(now().getTime() - 2 * OPEN_FOR_MS)
    const { writer } = await writeRows(client(), { numbers: upTo(9).filter((number) => number !== 4), at })
    await sealAudit(client())
    assert.deepEqual(await verifyAudit(client()).then(({ findings, notices }) => [findings.length, notices]), [
      0,
      [{ kind: 'number_unfinished', writer: writer.toString('hex'), number: 4 }],
    ])
    await writeRows(client(), { writer, numbers: [10] })
    await sealAudit(client())
    assert.deepEqual((await verifyAudit(client())).findings, [
      { kind: 'number_missing', writer: writer.toString('hex'), number: 4 },
    ])
  })

  test('is told so for as long as a transaction may last and no longer, however many rows the process wrote', async ({
    assert,
  }) => {
    const at = new Date(now().getTime() - OPEN_FOR_MS - 3_600_000)
    const numbers = upTo(2_110).filter((number) => ![2_050, 2_105].includes(number))
    const { writer } = await writeRows(client(), {
      numbers: numbers.slice(0, 2_099),
      at: new Date(at.getTime() - 2_200_000),
    })
    await writeRows(client(), { writer, numbers: numbers.slice(2_099), at })
    await writeRows(client(), { writer, numbers: [2_111], at: new Date(at.getTime() + OPEN_FOR_MS + 3_000) })
    await sealAudit(client())
    const { findings, notices } = await verifyAudit(client())
    const named = { writer: writer.toString('hex') }
    assert.deepEqual(findings, [{ kind: 'number_missing', ...named, number: 2_050 }])
    assert.deepEqual(notices[0], { kind: 'number_unfinished', ...named, number: 2_105 })
  })

  test('is not excused by a row that somebody invented for it', async ({ assert }) => {
    const at = new Date(now().getTime() - 2 * OPEN_FOR_MS)
    const { writer } = await writeRows(client(), { numbers: [1, 2, 4], at })
    await writeRows(client(), { writer, numbers: [5], details: { lost_numbers: [3] } })
    const last = (await allRows(client())).at(-1)!
    await spoil(() =>
      client()
        .from('audit_logs')
        .where('id', last.id)
        .update({ mac: Buffer.alloc(16) })
    )
    assert.sameMembers(await kinds(), ['row_forged', 'number_missing'])
  })

  test('is told when a row was copied, where the keys that forbid it were dropped', async ({ assert }) => {
    const [row] = await sealed()
    const isMysql = client().dialect.name === 'mysql'
    const keys = ['audit_logs_uid_unique', 'audit_logs_writer_wseq_unique']
    for (const key of keys) await client().rawQuery(`drop index ${key}${isMysql ? ' on audit_logs' : ''}`)
    try {
      await client()
        .table('audit_logs')
        .insert({ ...row, id: 5_000 })
      await sealAudit(client())
      const { findings } = await verifyAudit(client())
      assert.deepInclude(findings[0], { kind: 'number_twice', id: 5_000, uid: row!.uid as string })
    } finally {
      await spoil(() => client().from('audit_leaves').where('audit_id', 5_000).delete())
      await spoil(() => client().from('audit_logs').where('id', 5_000).delete())
      await client().rawQuery(`create unique index ${keys[0]} on audit_logs (uid)`)
      await client().rawQuery(`create unique index ${keys[1]} on audit_logs (writer, wseq)`)
    }
  })

  test('is told to have rows that nobody sealed, a finding while a server seals', async ({ assert }) => {
    await sealed()
    await writeRows(client(), { numbers: [1, 2], at: new Date(now().getTime() - 70_000) })
    await writeRows(client(), { numbers: [1] })
    const idle = await verifyAudit(client())
    assert.deepEqual([idle.findings, idle.notices, idle.unsealed], [[], [{ kind: 'unsealed', count: 2 }], 3])
    const serving = await verifyAudit(client(), { isSealing: true })
    assert.deepEqual(serving.findings, [{ kind: 'unsealed', count: 2 }])
  })
})

test.group('A sound audit', (group) => {
  const { client } = anAudit(group)

  test('has nothing to tell, over pages and checkpoints', async ({ assert }) => {
    for (let n = 0; n < 6; n++) {
      await writeRows(client(), { numbers: upTo(2_300) })
      await sealAudit(client())
    }
    const progress: number[] = []
    const found = await verifyAudit(client(), { onProgress: ({ rows }) => void progress.push(rows) })
    assert.deepInclude(found, { rows: 13_800, size: 13_800, checkpoints: 12, unsealed: 0, count: 0 })
    assert.deepEqual([found.findings, found.notices], [[], []])
    assert.isAbove(progress.length, 2)
  })

  test('is verified from a checkpoint on, and refuses one that is none', async ({ assert }) => {
    for (let n = 0; n < 3; n++) {
      await writeRows(client(), { numbers: upTo(7) })
      await sealAudit(client())
    }
    const found = await verifyAudit(client(), { from: 7 })
    assert.deepInclude(found, { rows: 14, size: 21, checkpoints: 2, count: 0 })
    await assert.rejects(() => verifyAudit(client(), { from: 8 }), 'not_found')
  })

  test('may lack numbers that their process told to be lost, and no others', async ({ assert }) => {
    const at = new Date(now().getTime() - 2 * OPEN_FOR_MS)
    const { writer } = await writeRows(client(), { numbers: [1, 2, 5, 6], at })
    await writeRows(client(), { writer, numbers: [7], at, details: { lost_numbers: [3, 4] } })
    await writeRows(client(), { writer, numbers: [9, 10] })
    await writeRows(client(), { writer, numbers: [11], at: new Date(now().getTime() + 2 * OPEN_FOR_MS) })
    await sealAudit(client())
    const { findings, notices } = await verifyAudit(client())
    const named = (kind: string, number: number) => ({ kind, writer: writer.toString('hex'), number })
    assert.deepEqual(notices, [named('number_lost', 3), named('number_lost', 4)])
    assert.deepEqual(findings, [named('number_missing', 8)])
  })
})
