import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { anchorAudit } from '#app/anchors/anchor_audit'
import { fileAnchor } from '#app/anchors/file_anchor'
import type { Anchor } from '#app/audit/anchor'
import { OPEN_FOR_MS, sealAudit } from '#app/audit/seal'
import { verifyAudit } from '#app/audit/verify_audit'
import { now } from '#app/core/clock'
import { newUuid } from '#app/core/ids'
import { Keyring } from '#app/keys/keyring'
import { keyring, useKeyring } from '#app/keys/keyring_service'
import { dataDir } from '#start/env'
import { allRows, anAudit, upTo, withoutTriggers, writeRows } from '#tests/functional/audit/some_audit'

/** What whoever owns the database, and no key, may try so that nothing seems to have happened. */
test.group('Somebody who owns the database and would stay unseen', (group) => {
  const { client } = anAudit(group)
  const isMysql = () => client().dialect.name === 'mysql'
  const kinds = async () => (await verifyAudit(client())).findings.map(({ kind }) => kind)
  const spoil = (work: () => Promise<unknown>) => withoutTriggers(client(), work)

  async function sealed(count = 12) {
    await writeRows(client(), { numbers: upTo(count) })
    await sealAudit(client())
    return allRows(client())
  }

  const invented = async (given: object) => {
    const [row] = await allRows(client())
    return { ...row!, uid: newUuid(), writer: randomBytes(8), wseq: 1, mac: randomBytes(16), ...given }
  }

  test('does not by a row whose number no look begins with', async ({ assert }) => {
    await sealed()
    if (isMysql()) await client().rawQuery("set session sql_mode = 'NO_AUTO_VALUE_ON_ZERO'")
    for (const id of isMysql() ? [0] : [0, -7]) {
      const row = await invented({ id })
      await client().table('audit_logs').insert(row)
      const { findings } = await verifyAudit(client())
      assert.deepEqual(findings, [{ kind: 'row_forged', id, uid: row.uid as string, at: row.created_at as string }])
      await spoil(() => client().from('audit_logs').where('id', id).delete())
    }
  })

  test('does not by a leaf where nobody reads, which makes an invented row seem sealed', async ({ assert }) => {
    await sealed()
    for (const leaf of [-1, 'x', 1e300]) {
      await client()
        .table('audit_logs')
        .insert(await invented({ id: 900 }))
      await client()
        .table('audit_leaves')
        .insert({ leaf, audit_id: 900, hash: randomBytes(32) })
      const { findings } = await verifyAudit(client())
      assert.deepEqual(findings, [{ kind: 'leaf_altered', leaf: leaf as number, id: 900 }])
      await spoil(() => client().from('audit_leaves').where('audit_id', 900).delete())
      await spoil(() => client().from('audit_logs').where('id', 900).delete())
    }
  }).skip(process.env.DB_CONNECTION === 'mysql', 'a leaf of MariaDB is a number and never below zero')

  test('does not by a checkpoint of no size, behind which a database that was put back looks whole', async ({
    assert,
  }) => {
    await sealed()
    for (const size of isMysql() ? [0] : [0, -1, 'x']) {
      const [row] = await client().from('audit_checkpoints')
      await client()
        .table('audit_checkpoints')
        .insert({ ...row, size })
      assert.deepEqual(await kinds(), ['checkpoint_altered'], `${size}`)
      await spoil(() => client().from('audit_checkpoints').where('size', size).delete())
    }
  })

  test('does not by texts kept as bytes, which a search for them passes over', async ({ assert }) => {
    const row = (await sealed())[4]!
    for (const column of ['entity_uuid', 'action', 'details', 'created_at']) {
      await spoil(() =>
        client().rawQuery(`update audit_logs set ${column} = cast(${column} as blob) where id = ?`, [row.id])
      )
      assert.deepInclude((await verifyAudit(client())).findings[0], { kind: 'row_altered', id: Number(row.id) }, column)
      await spoil(() =>
        client().rawQuery(`update audit_logs set ${column} = cast(${column} as text) where id = ?`, [row.id])
      )
    }
    assert.deepEqual(await kinds(), [])
    for (const [table, column, kind] of [
      ['audit_leaves', 'hash', 'leaf_altered'],
      ['audit_leaves', 'node', 'leaf_altered'],
      ['audit_checkpoints', 'root', 'checkpoint_altered'],
    ] as const) {
      const former = await client().from(table).whereNotNull(column).firstOrFail()
      const key = table === 'audit_leaves' ? { leaf: former.leaf } : { size: former.size }
      const put = (value: unknown) => spoil(() => client().from(table).where(key).update(column, value))
      await put('text')
      assert.include(await kinds(), kind, column)
      await put(former[column])
    }
  }).skip(process.env.DB_CONNECTION === 'mysql', 'a column of MariaDB has one kind of value')

  test('does not by a second copy of a row in the place of one that was deleted before it was sealed', async ({
    assert,
  }) => {
    const at = new Date(now().getTime() - 2 * OPEN_FOR_MS)
    const { writer } = await writeRows(client(), { numbers: upTo(9), at })
    await writeRows(client(), { writer, numbers: [10] })
    const rows = await allRows(client())
    const keys = ['audit_logs_uid_unique', 'audit_logs_writer_wseq_unique']
    for (const key of keys) await client().rawQuery(`drop index ${key}${isMysql() ? ' on audit_logs' : ''}`)
    try {
      await spoil(() => client().from('audit_logs').where('id', rows[3]!.id).delete())
      await client()
        .table('audit_logs')
        .insert({ ...rows[5], id: 5_000 })
      await sealAudit(client())
      assert.includeMembers(await kinds(), ['number_twice', 'number_missing'])
    } finally {
      await spoil(() => client().from('audit_leaves').where('audit_id', 5_000).delete())
      await spoil(() => client().from('audit_logs').where('id', 5_000).delete())
      await client().rawQuery(`create unique index ${keys[0]} on audit_logs (uid)`)
      await client().rawQuery(`create unique index ${keys[1]} on audit_logs (writer, wseq)`)
    }
  })

  test('does not by numbers so large that nobody would live to see the end', async ({ assert }) => {
    const far = 2 ** 52
    await sealed()
    await client()
      .table('audit_logs')
      .insert(await invented({ id: far }))
    assert.deepEqual(await kinds(), ['row_forged'])
    await client()
      .table('audit_leaves')
      .insert({ leaf: far - 9, audit_id: far, hash: randomBytes(32) })
    assert.includeMembers(await kinds(), ['leaves_unsigned', 'row_altered'])
    await spoil(() => client().from('audit_leaves').where('audit_id', far).delete())
    assert.equal((await sealAudit(client())).size, 13)
    await spoil(() => client().from('audit_leaves').where('audit_id', far).delete())
    await spoil(() => client().from('audit_checkpoints').where('size', 13).delete())
    await spoil(() => client().from('audit_logs').where('id', far).delete())
    const [row] = await client().from('audit_checkpoints')
    await client()
      .table('audit_checkpoints')
      .insert({ ...row, size: far })
    assert.include(await kinds(), 'tree_truncated')
  }).timeout(20_000)

  test('does not by tables that are emptied while a server runs, or a key of their own', async ({ assert }) => {
    await sealed()
    const { writer } = await writeRows(client(), { numbers: upTo(3) })
    await spoil(async () => {
      for (const table of ['audit_leaves', 'audit_checkpoints', 'audit_logs']) await client().from(table).delete()
    })
    await assert.rejects(() => sealAudit(client()), /is gone/)
    const at = new Date(now().getTime() - 2 * OPEN_FOR_MS)
    await writeRows(client(), { writer, numbers: upTo(3, 4), at })
    await writeRows(client(), { writer, numbers: [7] })
    assert.deepEqual(await kinds(), ['number_missing', 'number_missing', 'number_missing'])
  })
})

test.group('Somebody who owns the database and would keep checkpoints from leaving it', (group) => {
  const { client } = anAudit(group)
  let folder: string
  let anchor: Anchor
  group.each.setup(async () => {
    folder = await mkdtemp(join(dataDir(), 'attack-'))
    anchor = fileAnchor(join(folder, 'audit.txt'))
    return () => rm(folder, { recursive: true })
  })

  const sizesAt = async () => (await anchor.read!()).map((note) => Number(note.split('\n')[1]))

  async function sealRows(count: number) {
    await writeRows(client(), { numbers: upTo(count) })
    await sealAudit(client())
  }

  test('does not by saying that a place has them already', async ({ assert }) => {
    await sealRows(3)
    await anchorAudit(client(), [anchor])
    await sealRows(4)
    await client().from('audit_anchors').where('place', anchor.place).update({ size: 7 })
    await anchorAudit(client(), [anchor])
    assert.deepEqual(await sizesAt(), [3, 7])
    await anchorAudit(client(), [anchor])
    assert.deepEqual(await sizesAt(), [3, 7])
  })

  test('nor by emptying the place: it is noted, and gets the last one again', async ({ assert }) => {
    await sealRows(3)
    await anchorAudit(client(), [anchor])
    assert.deepEqual((await verifyAudit(client(), { anchors: [anchor] })).notices, [])
    for (const empty of [() => writeFile(join(folder, 'audit.txt'), ''), () => rm(join(folder, 'audit.txt'))]) {
      await empty()
      const { notices, count } = await verifyAudit(client(), { anchors: [anchor] })
      assert.deepEqual([notices, count], [[{ kind: 'anchor_behind', place: anchor.place, size: 3 }], 0])
    }
    await anchorAudit(client(), [anchor])
    assert.deepEqual(await sizesAt(), [3])
  })

  test('nor from being compared where the verification begins', async ({ assert }) => {
    await sealRows(3)
    await anchorAudit(client(), [anchor])
    await withoutTriggers(client(), async () => {
      for (const table of ['audit_leaves', 'audit_checkpoints', 'audit_logs']) await client().from(table).delete()
    })
    // As another process, which has signed nothing yet.
    useKeyring(new Keyring(keyring().provider, client))
    await sealRows(3)
    const { findings } = await verifyAudit(client(), { anchors: [anchor], from: 3 })
    assert.deepEqual(findings, [{ kind: 'anchor_differs', place: anchor.place, size: 3 }])
  })
})
