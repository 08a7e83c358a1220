import { readFileSync } from 'node:fs'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { reapplyShredLedger } from '#app/erasure/shred_ledger'
import { ENCRYPTED_COLUMNS } from '#app/keys/encrypted_columns'
import { dataKeysById, forgetDataKeys } from '#app/keys/data_keys'
import { FieldUnreadable, openField } from '#app/keys/field_crypto'
import { correctPatient } from '#app/patients/correct_patient'
import type Patient from '#app/patients/patient'
import { sqliteFile } from '#start/env'
import { callerOf } from '#tests/acting'
import { schemaFacts } from '#tests/functional/database/schema_facts'
import { aFullChart, erase, keysOf, rowOf } from '#tests/functional/erasure/some_erasure'
import { someDigits, somePatient, someWord } from '#tests/functional/patients/some_patient'

const isMysql = () => db.connection().dialect.name === 'mysql'

/** Everything that the database holds: on SQLite the file itself, what was deleted and not yet reused included. */
async function dump(): Promise<Buffer> {
  if (!isMysql()) return Buffer.concat(['', '-wal'].map((suffix) => readFileSync(sqliteFile() + suffix)))
  const parts: Buffer[] = []
  for (const table of Object.keys(await schemaFacts()))
    for (const row of await db.from(table))
      for (const value of Object.values(row)) parts.push(Buffer.isBuffer(value) ? value : Buffer.from(String(value)))
  return Buffer.concat(parts)
}

type Row = Record<string, any>
const PARTS = ['data_keys', 'patients', 'consultations', 'blind_indexes', 'patient_names', 'record_versions'] as const

/** The rows of this patient, as a backup of now would bring them back. */
async function copyOf({ id, uuid }: Patient): Promise<Record<(typeof PARTS)[number], Row[]>> {
  return {
    data_keys: await db.from('data_keys').where('subject_uuid', uuid),
    patients: await db.from('patients').where('id', id),
    consultations: await db.from('consultations').where('patient_id', id),
    blind_indexes: await db.from('blind_indexes').where('row_uuid', uuid),
    patient_names: await db.from('patient_names').where('patient_id', id),
    record_versions: await db.from('record_versions').where('patient_uuid', uuid),
  }
}

test.group('What is left of an erased patient', () => {
  test('is nothing that can be read, in no table', async ({ assert }) => {
    const { patient } = await aFullChart()
    const { id, uuid } = patient
    await erase(patient)
    for (const [table, columns] of Object.entries(ENCRYPTED_COLUMNS)) {
      if (table === 'totp_secrets') continue
      const rows = await db.from(table).where(table === 'patients' ? 'id' : 'patient_id', id)
      assert.isNotEmpty(rows, table)
      for (const row of rows) for (const column of Object.keys(columns)) assert.isNull(row[column], column)
    }
    const versions = await db.from('record_versions').where('patient_uuid', uuid)
    assert.isNotEmpty(versions)
    assert.isTrue(versions.every(({ body }) => body.length === 0))
    for (const table of ['blind_indexes', 'unique_blind_indexes'])
      assert.isEmpty(await db.from(table).where('row_uuid', uuid))
    for (const table of ['patient_names', 'chart_codes']) assert.isEmpty(await db.from(table).where('patient_id', id))
    const row = await rowOf(patient)
    assert.deepInclude(row, { mrn: patient.mrn, user_id: null, sex: 'unknown', sort_name: 'erased', version: 2 })
    assert.isNotNull(row.retired_at)
  })

  test('is nothing of what was known, in the whole of the database', async ({ assert }) => {
    const words = { family_name: someWord(), given_name: someWord(), address: someWord() }
    const patient = await somePatient({
      ...words,
      phone: `+2217${someDigits().slice(0, 8)}`,
      national_id: someDigits(),
    })
    const other = await somePatient({ family_name: someWord() })
    await correctPatient(callerOf(), { id: patient.uuid, version: 1, given_name: someWord() })
    const keys = await keysOf(patient)
    const before = await dump()
    assert.isTrue(before.includes(words.family_name) && before.includes(keys[0].wrapped), 'the search finds something')
    await erase(patient)
    const after = await dump()
    for (const word of Object.values(words)) assert.isFalse(after.includes(word), word)
    for (const { wrapped } of keys) assert.isFalse(after.includes(wrapped), 'the wrapped key')
    assert.isTrue(after.includes(other.familyName), 'others are still there')
  })

  test('opens nothing of a copy from before', async ({ assert }) => {
    const patient = await somePatient({ phone: `+2217${someDigits().slice(0, 8)}` })
    const { phone } = await rowOf(patient)
    const place = { table: 'patients', column: 'phone', uuid: patient.uuid }
    const id = phone.subarray(2, 10)
    const name = id.toString('latin1')
    const key = (await dataKeysById([id], db.connection())).get(name)!
    assert.equal(openField({ key }, phone, place), patient.phone)
    await erase(patient)
    assert.isUndefined((await dataKeysById([id], db.connection())).get(name), 'forgotten at once in this process')
    // As if somebody wrote the state back: what was overwritten is no key.
    await db.from('data_keys').where('id', id).update({ state: 'decrypt' })
    const found = await dataKeysById([id], db.connection())
    assert.throws(() => found.keyFor(id, place), FieldUnreadable as never)
    await db.from('data_keys').where('id', id).update({ state: 'shredded' })
  })

  test('takes every record along that was merged into it, and no other', async ({ assert }) => {
    const [survivor, middle, merged, other] = [
      await somePatient(),
      await somePatient(),
      await somePatient(),
      await somePatient(),
    ]
    await db.from('patients').where('id', merged.id).update({ merged_into_id: middle.id })
    await db.from('patients').where('id', middle.id).update({ merged_into_id: survivor.id })
    const { erased } = await erase(survivor)
    assert.deepEqual([erased!.records, erased!.keys.length], [3, 3])
    for (const patient of [survivor, middle, merged]) {
      assert.isNotNull((await rowOf(patient)).erased_at)
      assert.deepEqual(
        (await keysOf(patient)).map(({ state }) => state),
        ['shredded']
      )
      assert.lengthOf(await db.from('shred_ledger').where('patient_uuid', patient.uuid), 1)
    }
    assert.isNull((await rowOf(other)).erased_at)
    assert.equal((await keysOf(other))[0].state, 'active')
  })

  test('stands in a ledger that nobody rewrites', async ({ assert }) => {
    const patient = await somePatient()
    await erase(patient)
    const entry = () => db.from('shred_ledger').where('patient_uuid', patient.uuid)
    await assert.rejects(() => entry().update({ keys: 0 }), /append-only/)
    await assert.rejects(() => entry().delete(), /append-only/)
  })
})

test.group('A restored backup', () => {
  test('has erased again whom it brought back, and nobody else', async ({ assert }) => {
    const { patient } = await aFullChart()
    const other = await aFullChart()
    await correctPatient(callerOf(), { id: patient.uuid, version: 1, phone: `+2217${someDigits().slice(0, 8)}` })
    const copy = await copyOf(patient)
    await erase(patient)
    const [key] = copy.data_keys
    for (const table of ['blind_indexes', 'patient_names'] as const) await db.table(table).multiInsert(copy[table])
    for (const table of ['data_keys', 'patients', 'consultations', 'record_versions'] as const)
      for (const { id, ...row } of copy[table]) await db.from(table).where('id', id).update(row)
    forgetDataKeys()
    assert.isTrue((await dataKeysById([key!.id], db.connection())).size > 0, 'it is back')
    assert.equal(await reapplyShredLedger(db.connection()), 1)
    assert.equal((await dataKeysById([key!.id], db.connection())).size, 0)
    const after = await copyOf(patient)
    assert.deepEqual([after.blind_indexes, after.patient_names], [[], []])
    assert.isTrue(after.record_versions.every(({ body }) => body.length === 0))
    assert.deepEqual(
      after.consultations.map(({ diagnosis }) => diagnosis),
      [null]
    )
    assert.equal(after.patients[0]!.family_name, 'erased')
    assert.equal(await reapplyShredLedger(db.connection()), 0, 'a second time there is nothing to do')
    assert.isNull((await rowOf(other.patient)).erased_at)
    assert.lengthOf(await db.from('shred_ledger').where('patient_uuid', patient.uuid), 1)
  })
})
