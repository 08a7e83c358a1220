import { randomUUID } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type { Actor } from '#app/core/actor'
import type { OwnedTransaction } from '#app/core/caller'
import { Forbidden, Invalid, Refused, Unavailable } from '#app/core/problem'
import { inTransaction } from '#app/core/transaction'
import { callerOf } from '#tests/acting'
import { aName, auditOf, hasSetting, putSetting, readSetting, withAuditFault } from '#tests/functional/core/probe'

const NOBODY: Actor = { id: null, uuid: null, roleNames: ['nobody'], can: () => false }
const outcomes = async (requestId: string) =>
  (await auditOf(requestId)).map(({ action, outcome }) => `${action} ${outcome}`)

test.group('The gate: refusals', () => {
  test('who may not is refused before anything is written, and the audit tells it', async ({ assert }) => {
    const [caller, name] = [callerOf(NOBODY), aName()]
    await assert.rejects(() => putSetting(caller, { name }), Forbidden as never)
    assert.isFalse(await hasSetting(name))
    const [row, ...more] = await auditOf(caller.requestId)
    assert.deepEqual([row!.action, row!.outcome, row!.role, more.length], ['tests.put_setting', 'refused', 'nobody', 0])
    assert.equal(JSON.parse(row!.details).code, 'forbidden')
  })

  test('input is validated inside, whatever door calls', async ({ assert }) => {
    const caller = callerOf()
    await assert.rejects(() => putSetting(caller, { name: 3 }), Invalid as never)
    await assert.rejects(() => readSetting(caller, null), Invalid as never)
    assert.deepEqual(await outcomes(caller.requestId), ['tests.put_setting refused', 'tests.read_setting refused'])
  })

  test('the audit says where an unknown field stood, not what the sender called it', async ({ assert }) => {
    const [caller, name] = [callerOf(), aName()]
    const input = { 'name': name, 'Paludisme de Mme Sy': 1, 'nested': { 'positif au VIH': 1 } }
    await assert.rejects(() => putSetting(caller, input), Invalid as never)
    const [row] = await auditOf(caller.requestId)
    assert.deepEqual(JSON.parse(row!.details).fields, ['/*', '/nested/*'])
    assert.notMatch(row!.details, /Paludisme|VIH/)
    assert.isFalse(await hasSetting(name))
  })

  test('a rule that refuses after a write takes the write back, and is audited after that', async ({ assert }) => {
    const [caller, name] = [callerOf(), aName()]
    await assert.rejects(() => putSetting(caller, { name, end: 'refused' }), Refused as never)
    assert.isFalse(await hasSetting(name))
    assert.deepEqual(await outcomes(caller.requestId), ['tests.put_setting refused'])
  })

  test('a bug takes the write back and is audited as failed', async ({ assert }) => {
    const [caller, name] = [callerOf(), aName()]
    await assert.rejects(() => putSetting(caller, { name, end: 'broken' }), 'a bug')
    assert.isFalse(await hasSetting(name))
    assert.deepEqual(await outcomes(caller.requestId), ['tests.put_setting failed'])
  })

  test('when the audit cannot be written nothing changes and nothing is shown', async ({ assert }) => {
    const name = aName()
    await putSetting(callerOf(), { name })
    await withAuditFault(async () => {
      const faulty = () => ({ ...callerOf(), requestId: `fault-${randomUUID()}` })
      const other = aName()
      await assert.rejects(() => putSetting(faulty(), { name: other }), Unavailable as never)
      assert.isFalse(await hasSetting(other))
      await assert.rejects(() => readSetting(faulty(), { name }), Unavailable as never)
      await assert.rejects(() => putSetting({ ...faulty(), user: NOBODY }, { name: other }), Unavailable as never)
      await putSetting(callerOf(), { name: other })
      assert.isTrue(await hasSetting(other))
    })
  })
})

test.group('The gate: what is done', () => {
  test('a write and its audit entry are there together', async ({ assert }) => {
    const [caller, name] = [callerOf(), aName()]
    await putSetting(caller, { name })
    assert.isTrue(await hasSetting(name))
    assert.deepEqual(await outcomes(caller.requestId), ['tests.put_setting done'])
    const [row] = await auditOf(caller.requestId)
    assert.isNull(row!.http_status)
    assert.equal(JSON.parse(row!.details).via, 'cli')
  })

  test('a read is audited before its answer leaves', async ({ assert }) => {
    const [caller, name] = [callerOf(), aName()]
    await putSetting(callerOf(), { name })
    await readSetting(caller, { name })
    assert.deepEqual(await outcomes(caller.requestId), ['tests.read_setting done'])
  })
})

test.group('A joined gate', () => {
  /** Runs `work` in a transaction of the caller's own, and takes it back at the end when told to. */
  async function owning(work: (trx: OwnedTransaction) => Promise<void>, { back = false } = {}) {
    const caller = callerOf()
    const outer = inTransaction(caller, async (trx) => {
      await work(trx)
      if (back) throw new Error('taken back')
    })
    await (back ? outer.catch(() => {}) : outer)
  }

  test('that is refused takes back its own writes and leaves those of the owner', async ({ assert }) => {
    const [caller, mine, owners] = [callerOf(), aName(), aName()]
    await owning(async (trx) => {
      await putSetting({ ...caller, trx }, { name: owners })
      await assert.rejects(() => putSetting({ ...caller, trx }, { name: mine, end: 'refused' }), Refused as never)
      assert.deepEqual(await trx.client.from('settings').where('name', mine), [])
    })
    assert.isTrue(await hasSetting(owners))
    assert.isFalse(await hasSetting(mine))
    assert.sameMembers(await outcomes(caller.requestId), ['tests.put_setting done', 'tests.put_setting refused'])
  })

  test('hands its refusal to the owner, who writes it even when all is taken back', async ({ assert }) => {
    const [caller, name] = [callerOf(), aName()]
    await owning(
      async (trx) => {
        await putSetting({ ...caller, trx }, { name })
        await assert.rejects(() => readSetting({ ...caller, trx }, { name, end: 'refused' }), Refused as never)
        await assert.rejects(() => putSetting({ ...caller, trx, user: NOBODY }, { name: aName() }), Forbidden as never)
        assert.lengthOf(trx.refusals, 2)
      },
      { back: true }
    )
    assert.isFalse(await hasSetting(name))
    assert.deepEqual(await outcomes(caller.requestId), ['tests.read_setting refused', 'tests.put_setting refused'])
  })

  test('is undone with its owner, audit entry and all', async ({ assert }) => {
    const [caller, name] = [callerOf(), aName()]
    await owning(async (trx) => void (await putSetting({ ...caller, trx }, { name })), { back: true })
    assert.isFalse(await hasSetting(name))
    assert.deepEqual(await auditOf(caller.requestId), [])
  })

  test('control: a savepoint is what separates the two; without one the refused write would stay', async ({
    assert,
  }) => {
    const name = aName()
    const row = { name, value: 'control', created_at: '2026-01-01 00:00:00.000', updated_at: '2026-01-01 00:00:00.000' }
    await db.transaction(async (trx) => {
      await trx.table('settings').insert(row)
      try {
        throw new Refused('tests_refused')
      } catch {
        // No savepoint: nothing takes the insert back.
      }
    })
    assert.isTrue(await hasSetting(name))
  })
})
