import { createCipheriv, createHmac, createSecretKey } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { indexerOf } from '#app/keys/blind_index'
import { blindIndexOf } from '#app/keys/blind_indexed'
import Patient from '#app/patients/patient'
import { ENCRYPTED_COLUMNS } from '#app/keys/encrypted_columns'
import { openField, type Place } from '#app/keys/field_crypto'
import { nameOf, rowsBelow, sealedColumns, withList, type SealedColumn } from '#tests/unit/docs/data_at_rest_document'
import { readSchema, type Schema } from '#tests/unit/docs/database_document'

const FILE = 'docs/security/data-at-rest.md'
const PHONE = '+221771234567'
const EVERY = ['id', 'uuid', 'version', 'created_at', 'updated_at']
const isSqlite = db.primaryConnectionName === 'sqlite'
if (!isSqlite) console.log(`${FILE} is compared on SQLite: left out here`)

/** They hold no ciphertext, and still say who is who. */
const ALSO = ['patient_names', 'doctor_patient']

/** What is in one list and not in the other, or twice. */
function differences(found: string[], wanted: string[]) {
  return {
    missing: wanted.filter((name) => !found.includes(name)),
    unknown: found.filter((name) => !wanted.includes(name)),
    twice: found.filter((name, index) => found.indexOf(name) !== index),
  }
}

const NONE = { missing: [], unknown: [], twice: [] }

test.group(FILE, (group) => {
  let schema: Schema
  let sealed: SealedColumn[]
  let page: string
  const tables = () => [...new Set(sealed.map(({ table }) => table)), ...ALSO]

  group.setup(async () => {
    if (!isSqlite) return
    schema = await readSchema(db.connection())
    sealed = sealedColumns([...schema.tables.keys()])
    if (process.env.WRITE_DOCS) writeFileSync(FILE, withList(readFileSync(FILE, 'utf8'), sealed))
    page = readFileSync(FILE, 'utf8')
  })
  group.each.skip(!isSqlite)

  test('lists what the models declare encrypted, and no other column', ({ assert }) => {
    assert.equal(page, withList(page, sealed), 'WRITE_DOCS=1 npm test -- unit --files data_at_rest')
    const declared = Object.entries(ENCRYPTED_COLUMNS).flatMap(([table, columns]) =>
      Object.keys(columns).map((column) => nameOf({ table, column }))
    )
    assert.deepEqual(differences(sealed.map(nameOf), [...declared, 'record_versions.body']), NONE)
    assert.notEqual(withList(page, sealed.slice(1)), page, 'control')
  })

  test('says of each column of these tables what it tells', ({ assert }) => {
    const said = rowsBelow(page, 'What stays in clear, column by column').flatMap(({ named }) => named)
    const clear = tables().flatMap((table) =>
      schema.tables
        .get(table)!
        .map(({ name }) => nameOf({ table, column: name }))
        .filter((name) => !EVERY.includes(name.split('.')[1]!) && !sealed.some((one) => nameOf(one) === name))
    )
    assert.deepEqual(differences(said, clear), NONE)
  })

  test('says of each other table what it tells', ({ assert }) => {
    const said = rowsBelow(page, 'What stays in clear in all other tables').flatMap(({ named }) => named)
    const others = [...schema.tables.keys()].filter((table) => !tables().includes(table))
    assert.deepEqual(differences(said, others), NONE)
  })
})

test.group(`The examples in ${FILE}`, () => {
  const [, examples, token] = [...readFileSync(FILE, 'utf8').matchAll(/^```text\n([^]*?)^```$/gm)].map(
    ([, block]) => block!
  )
  const place: Place = {
    table: 'consultations',
    column: 'diagnosis_code',
    uuid: '018f3e1c-0000-7000-8000-000000000001',
  }

  test('are what the code makes of them', ({ assert }) => {
    const { aad, sealed } = Object.fromEntries(
      examples!
        .trim()
        .split('\n')
        .map((line) => line.split(/ +/))
    ) as Record<string, string>
    const header = Buffer.from('e1010000000000000001', 'hex')
    const parts = [header, ...[place.table, place.column, place.uuid].map((part) => Buffer.from(part))]
    const bound = Buffer.concat(parts.flatMap((part) => [Buffer.of(part.length), part]))
    assert.equal(aad, bound.toString('hex'))
    const nonce = Buffer.from('195ff54eb9a51eaf1d30a7aa', 'hex')
    const cipher = createCipheriv('aes-256-gcm', Buffer.alloc(32), nonce, { authTagLength: 16 })
    cipher.setAAD(bound)
    const text = [cipher.update(Buffer.from('B54\x80'.padEnd(16, '\0'), 'latin1')), cipher.final()]
    assert.equal(sealed, Buffer.concat([header, nonce, ...text, cipher.getAuthTag()]).toString('hex'))
    const key = createSecretKey(Buffer.alloc(32))
    assert.equal(openField({ key }, Buffer.from(sealed!, 'hex'), place, true), 'B54')
  })

  test('find a telephone by the token that it says', ({ assert }) => {
    const [made] = indexerOf([{ version: 1, key: createSecretKey(Buffer.alloc(32, 2)) }])(
      blindIndexOf(Patient, 'phone'),
      '',
      PHONE
    )
    assert.equal(token, `${made!.token.toString('hex')}\n`)
    const hmac = createHmac('sha256', Buffer.alloc(32, 2)).update(`patients.phone||${PHONE}`).digest()
    assert.deepEqual(made!.token, hmac.subarray(0, 16))
  })
})
