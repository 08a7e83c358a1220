import { randomBytes } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { AUDIT_COLUMNS } from '#app/audit/audit_entry'
import { verifyNow } from '#app/anchors/prove_audit'
import { newUuid } from '#app/core/ids'
import { withSealingLease } from '#app/anchors/sealing_lease'
import { callerOf, someone } from '#tests/acting'
import { jsonOf, medinfo, medinfoJson } from '#tests/functional/cli/medinfo'
import { withoutTriggers } from '#tests/functional/audit/some_audit'

test.group('The audit on the command line', () => {
  test('is verified by nobody who may not see it', async ({ assert }) => {
    await assert.rejects(async () => verifyNow(callerOf(await someone('doctor')), {}), 'forbidden')
  })

  test('is sealed, unless a server does it', async ({ assert }) => {
    await someone('nurse')
    const elsewhere = await withSealingLease(() => jsonOf('audit', 'seal'))
    assert.deepEqual(elsewhere, { by_server: true })
    const { by_server: byServer, sealed, size } = await jsonOf('audit', 'seal')
    assert.isFalse(byServer)
    assert.isAbove(sealed, 0)
    const [{ rows }] = await db.from('audit_leaves').count('* as rows')
    assert.equal(size, Number(rows))
  })

  test('is verified: what is wrong is named and ends it with 1', async ({ assert }) => {
    await someone('nurse')
    await medinfo('audit', 'seal')
    const before = await medinfoJson('audit', 'verify')
    assert.deepEqual([before.code, before.json.ok, before.json.findings], [0, true, []])
    assert.match(before.json.vkeys[0], /^medinfo\/[0-9a-f]{16}\+[0-9a-f]{8}\+\S{44}$/)
    const [copied] = await db
      .from('audit_logs')
      .orderBy('id', 'desc')
      .limit(1)
      .select(...AUDIT_COLUMNS, 'mac')
    const forged = { ...copied, uid: newUuid(), writer: randomBytes(8), wseq: 1, action: 'patients.open' }
    await db.table('audit_logs').insert(forged)
    try {
      const { code, json } = await medinfoJson('audit', 'verify')
      assert.deepEqual([code, json.ok, json.count], [1, false, 1])
      assert.deepInclude(json.findings[0], { kind: 'row_forged', uid: forged.uid, at: forged.created_at })
      const told = await medinfo('audit', 'verify')
      assert.equal(told.code, 1)
      assert.include(told.out, forged.uid)
      assert.notMatch(told.out, /\{\w+\}/)
    } finally {
      await withoutTriggers(db.connection(), () => db.from('audit_logs').where('uid', forged.uid).delete())
    }
    const { size } = await db.from('audit_checkpoints').orderBy('size', 'desc').firstOrFail()
    const part = await medinfoJson('audit', 'verify', '--from', String(size))
    assert.deepEqual([part.code, part.json.rows], [0, 0])
    const none = await medinfoJson('audit', 'verify', '--from', '999999999')
    assert.deepEqual([none.code, none.json.error.code], [1, 'not_found'])
  })

  test('has nowhere to be anchored until a place is named', async ({ assert }) => {
    const { code, json } = await medinfoJson('audit', 'anchor')
    assert.deepEqual([code, json], [1, { ok: false, places: [] }])
  })

  test('leaves an entry for each of it', async ({ assert }) => {
    const [{ last }] = await db.from('audit_logs').max('id as last')
    await medinfo('audit', 'seal')
    await medinfo('audit', 'verify')
    await medinfo('audit', 'anchor')
    const rows = await db.from('audit_logs').where('id', '>', last).orderBy('id').select('action', 'outcome')
    assert.deepEqual(
      rows.map(({ action, outcome }) => `${action} ${outcome}`),
      ['audit.seal done', 'audit.verify done', 'audit.seal done', 'audit.anchor done']
    )
  })
})
