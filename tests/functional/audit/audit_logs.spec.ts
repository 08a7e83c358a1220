import { randomUUID } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { AUDIT_COLUMNS, macOf, type AuditValue } from '#app/audit/audit_entry'
import { recordRead } from '#app/audit/record'
import { giveBack, takeNumber, WRITER } from '#app/audit/writer'
import { keyring } from '#app/keys/keyring_service'
import { registerPatient } from '#app/patients/register_patient'
import { callerOf } from '#tests/acting'
import { queriesOf } from '#tests/functional/queries'
import { aName, auditOf, putSetting, readSetting } from '#tests/functional/core/probe'

type Row = Record<string, AuditValue> & { mac: Buffer }

const ownRows = (): Promise<Row[]> => db.from('audit_logs').where('writer', WRITER).orderBy('wseq')

/** Numbers that are missing between the first row of this process and its last. */
async function gaps(): Promise<number[]> {
  const numbers = (await ownRows()).map(({ wseq }) => Number(wseq))
  const there = new Set(numbers)
  const [first = 1, last = 0] = [numbers[0], numbers.at(-1)]
  return Array.from({ length: last - first + 1 }, (_, n) => first + n).filter((number) => !there.has(number))
}

/** Statements that `work` sends and that insert into the audit, with how many rows each holds. */
async function auditInserts(work: () => Promise<unknown>): Promise<number[]> {
  const inserts = (await queriesOf(work)).filter(({ sql }) => sql.startsWith('insert into audit_logs'))
  return inserts.map(({ sql }) => sql.split('(?').length - 1)
}

test.group('The audit refuses', () => {
  test('to change a row or to lose one', async ({ assert }) => {
    const [caller, name] = [callerOf(), aName()]
    await putSetting(caller, { name })
    const own = () => db.from('audit_logs').where('request_id', caller.requestId)
    await assert.rejects(() => own().update({ action: 'tests.nothing' }), /append-only/)
    await assert.rejects(() => own().update({ user_id: null }), /append-only/)
    await assert.rejects(() => own().delete(), /append-only/)
    assert.lengthOf(await auditOf(caller.requestId), 1)
  })

  test('to let a user go of whom a row tells', async ({ assert }) => {
    const row = await db.from('audit_logs').whereNotNull('user_id').first()
    const id = row?.user_id ?? (await userOfARow())
    await assert.rejects(() => db.from('users').where('id', id).delete(), /foreign key/i)
  })

  async function userOfARow(): Promise<number> {
    const at = '2026-01-01 00:00:00.000'
    await db
      .table('users')
      .insert({ uuid: randomUUID(), name: 'Audit', language: 'fr', created_at: at, updated_at: at })
    const { id } = await db.from('users').orderBy('id', 'desc').firstOrFail()
    const user = { id: Number(id), uuid: null, roleNames: [], can: () => true }
    await recordRead(() => db.connection(), { ...callerOf(), user }, { action: 'tests.row', outcome: 'done' })
    return id
  }
})

test.group('The rows of one writer', () => {
  test('are numbered without gaps through refusals, bugs, rollbacks and concurrent reads', async ({ assert }) => {
    const name = aName()
    await putSetting(callerOf(), { name })
    const endings = ['refused', 'broken', 'well', 'refused', undefined] as const
    await Promise.allSettled(endings.map((end) => putSetting(callerOf(), { name: aName(), end })))
    await Promise.allSettled(Array.from({ length: 15 }, () => putSetting(callerOf(), { name: aName(), end: 'broken' })))
    await Promise.all(Array.from({ length: 30 }, () => readSetting(callerOf(), { name })))
    assert.deepEqual(await gaps(), [])
    assert.isAtLeast((await ownRows()).length, 50)
  })

  test('control: a number that is taken and not given back shows as a gap', async ({ assert }) => {
    const lost = takeNumber()
    await putSetting(callerOf(), { name: aName() })
    assert.deepEqual(await gaps(), [lost])
    giveBack([lost])
    await putSetting(callerOf(), { name: aName() })
    assert.deepEqual(await gaps(), [])
  })

  test('go on after a number that is in the table already, instead of refusing it for ever', async ({ assert }) => {
    const used = Number((await ownRows()).at(-1)!.wseq)
    giveBack([used])
    const caller = callerOf()
    const read = () => recordRead(() => db.connection(), caller, { action: 'tests.row', outcome: 'done' })
    await assert.rejects(read)
    await read()
    assert.lengthOf(await auditOf(caller.requestId), 1)
    assert.deepEqual(await gaps(), [])
  })

  test('each carry a code that the columns give again, and no others do', async ({ assert }) => {
    const { key } = await keyring().root('audit_mac')
    const caller = { ...callerOf(), userAgent: 'Zoë 𞤀'.repeat(80), ip: '2001:db8::1', requestId: `é-${randomUUID()}` }
    await putSetting(caller, { name: aName() })
    const rows = await ownRows()
    assert.isAtLeast(rows.length, 50)
    for (const row of rows) assert.deepEqual(macOf(key, columnsOf(row)), row.mac, JSON.stringify(row.details))
    const [row] = rows
    for (const column of AUDIT_COLUMNS)
      assert.notDeepEqual(macOf(key, { ...columnsOf(row!), [column]: 'altered' }), row!.mac, column)
  })

  function columnsOf(row: Row) {
    return Object.fromEntries(AUDIT_COLUMNS.map((column) => [column, row[column] ?? null]))
  }

  test('fit into their columns whatever a client calls its request', async ({ assert }) => {
    const requestId = randomUUID() + 'x'.repeat(500)
    const caller = { ...callerOf(), requestId, ip: '9'.repeat(200), userAgent: 'u'.repeat(3_000) }
    await putSetting(caller, { name: aName() })
    const [row] = await auditOf(requestId.slice(0, 64))
    assert.deepEqual([row!.ip_address.length, row!.user_agent.length], [45, 255])
  })
})

test.group('Reads', () => {
  test('that come together share inserts, and each has its row', async ({ assert }) => {
    const name = aName()
    await putSetting(callerOf(), { name })
    const callers = Array.from({ length: 40 }, () => callerOf())
    const inserts = await auditInserts(() => Promise.all(callers.map((caller) => readSetting(caller, { name }))))
    assert.equal(
      inserts.reduce((sum, rows) => sum + rows, 0),
      40
    )
    assert.isBelow(inserts.length, 20)
    for (const { requestId } of callers) assert.lengthOf(await auditOf(requestId), 1)
  })

  test('control: one after the other they need an insert each', async ({ assert }) => {
    const name = aName()
    await putSetting(callerOf(), { name })
    const inserts = await auditInserts(async () => {
      for (let n = 0; n < 5; n++) await readSetting(callerOf(), { name })
    })
    assert.deepEqual(inserts, [1, 1, 1, 1, 1])
  })
})

test.group('What the audit keeps', () => {
  test('names the patient, the fields and who, and nothing of what they hold', async ({ assert }) => {
    const caller = callerOf()
    const secret = {
      family_name: 'Zzfamily',
      given_name: 'Zzgiven',
      national_id: `ZZ${Date.now()}`,
      phone: '+221 77 987 65 43',
      email: 'zzmail@example.org',
      address: 'Zzaddress 12',
    }
    const patient = await registerPatient(caller, { ...secret, sex: 'female', dob: '1977-07-07' })
    const [row] = await auditOf(caller.requestId)
    assert.deepInclude(row, { action: 'patients.register', entity: 'patient', outcome: 'done', role: 'operator' })
    assert.deepEqual([row!.entity_uuid, row!.patient_uuid], [patient.uuid, patient.uuid])
    assert.includeMembers(JSON.parse(row!.details).fields, ['family_name', 'national_id', 'phone'])
    const kept = JSON.stringify(row)
    for (const text of [...Object.values(secret), '1977-07-07', '9876543']) assert.notInclude(kept, text)
  })
})
