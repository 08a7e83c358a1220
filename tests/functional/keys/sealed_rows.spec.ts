import { readFileSync } from 'node:fs'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import Consultation from '#app/consultations/consultation'
import { newUuid } from '#app/core/ids'
import { inTransaction } from '#app/core/transaction'
import { forgetDataKeys } from '#app/keys/data_keys'
import { ENCRYPTED_COLUMNS } from '#app/keys/encrypted_columns'
import LabResult from '#app/labs/lab_result'
import { correctPatient } from '#app/patients/correct_patient'
import { searchPatients } from '#app/patients/find_patients'
import Patient from '#app/patients/patient'
import { registerPatient } from '#app/patients/register_patient'
import { saveClinicalRow } from '#app/sync/record_change'
import { sqliteFile } from '#start/env'
import { callerOf, someone, tokenOf } from '#tests/acting'
import { auditOf } from '#tests/functional/core/probe'
import { schemaFacts } from '#tests/functional/database/schema_facts'

const operator = callerOf()
let made = 0
const someDigits = () => String(Date.now()).slice(-7) + String(++made).padStart(2, '0')

function register(more: object = {}) {
  return registerPatient(operator, {
    family_name: 'Sealed',
    given_name: 'Awa',
    sex: 'female',
    dob: '1990-01-01',
    ...more,
  })
}

/** Everything that the database holds, as bytes: the file itself, or every column of every row. */
async function dump(): Promise<Buffer> {
  if (db.connection().dialect.name !== 'mysql')
    return Buffer.concat(['', '-wal'].map((suffix) => readFileSync(sqliteFile() + suffix)))
  const parts: Buffer[] = []
  for (const table of Object.keys(await schemaFacts())) {
    for (const row of await db.from(table))
      for (const value of Object.values(row)) parts.push(Buffer.isBuffer(value) ? value : Buffer.from(String(value)))
  }
  return Buffer.concat(parts)
}

test.group('A sealed field in the database: refusals', (group) => {
  const damaged: number[] = []
  // A list that meets an unreadable row fails as a whole, in whichever test comes next.
  group.each.teardown(async () => void (await db.from('patients').whereIn('id', damaged).delete()))

  /** What the API answers about a patient whose row somebody has touched, with a fresh cache of keys. */
  async function open(client: any, id: string) {
    forgetDataKeys()
    const token = await tokenOf(await someone('admin'))
    return client.get(`/api/v1/patients/${id}`).bearerToken(token).header('X-Request-Id', id)
  }

  const DAMAGE: Record<string, (mine: Patient, other: Patient) => Promise<unknown>> = {
    'moved here from another patient': async (mine, other) => {
      const { phone } = await db.from('patients').where('id', other.id).firstOrFail()
      await db.from('patients').where('id', mine.id).update({ phone })
    },
    'moved to another column': async (mine) => {
      const { phone } = await db.from('patients').where('id', mine.id).firstOrFail()
      await db.from('patients').where('id', mine.id).update({ address: phone })
    },
    'replaced by plain text': (mine) =>
      db
        .from('patients')
        .where('id', mine.id)
        .update({ phone: Buffer.from('+221771234567') }),
    'emptied to no bytes': (mine) =>
      db
        .from('patients')
        .where('id', mine.id)
        .update({ phone: Buffer.alloc(0) }),
    'whose key is gone': (mine) => db.from('data_keys').where('subject_uuid', mine.uuid).delete(),
    'whose key was shredded': (mine) =>
      db.from('data_keys').where('subject_uuid', mine.uuid).update({ state: 'shredded' }),
    'whose wrapped key is another patient’s': async (mine, other) => {
      const { wrapped } = await db.from('data_keys').where('subject_uuid', other.uuid).firstOrFail()
      await db.from('data_keys').where('subject_uuid', mine.uuid).update({ wrapped })
    },
    'whose key was given to another subject': (mine) =>
      db.from('data_keys').where('subject_uuid', mine.uuid).update({ subject_uuid: newUuid() }),
  }

  for (const [name, damage] of Object.entries(DAMAGE)) {
    test(`one ${name} is an error with the request's id, never an empty field`, async ({ client, assert }) => {
      const [mine, other] = [await register({ phone: '+221771112233' }), await register({ phone: '+221774445566' })]
      const before = await open(client, mine.uuid)
      assert.equal(before.body().data.phone, '+221771112233')
      damaged.push(mine.id)
      await damage(mine, other)
      const answer = await open(client, mine.uuid)
      assert.equal(answer.status(), 500)
      const { code, status, request_id } = answer.body()
      assert.deepEqual([code, status, request_id], ['internal_error', 500, mine.uuid])
      assert.notProperty(answer.body(), 'stack')
      assert.notMatch(answer.text(), /\bat .*:\d+|cannot be read|data_keys|phone/)
      const row = (await auditOf(mine.uuid)).at(-1)!
      assert.deepEqual([row.outcome, row.http_status], ['failed', 500])
    })
  }
})

test.group('A sealed field in the database', () => {
  test('that is empty stays NULL, so that nobody takes it for a lost one', async ({ assert }) => {
    const patient = await register()
    const row = await db.from('patients').where('id', patient.id).firstOrFail()
    for (const column of Object.keys(ENCRYPTED_COLUMNS.patients)) assert.isNull(row[column], column)
    const opened = await Patient.findOrFail(patient.id)
    assert.deepEqual([opened.phone, opened.email, opened.address, opened.nationalId], [null, null, null, null])
  })

  test('is sealed by a key of its own patient', async ({ assert }) => {
    const [one, two] = [await register({ phone: '+221771112233' }), await register({ phone: '+221771112233' })]
    const sealed = await db.from('patients').whereIn('id', [one.id, two.id]).select('phone')
    assert.notDeepEqual(sealed[0].phone.subarray(2, 10), sealed[1].phone.subarray(2, 10))
    const keys = await db.from('data_keys').whereIn('subject_uuid', [one.uuid, two.uuid])
    assert.lengthOf(keys, 2)
    assert.notDeepEqual(keys[0].wrapped, keys[1].wrapped)
  })

  test('opens again once the key must be unwrapped anew', async ({ assert }) => {
    const patient = await register({ address: '12 rue de la Paix' })
    forgetDataKeys()
    assert.equal((await Patient.findOrFail(patient.id)).address, '12 rue de la Paix')
  })

  test('short codes of a chart are of one length', async ({ assert }) => {
    const patient = await register()
    const lengths = new Set<number>()
    for (const flag of ['L', 'HH', 'N']) {
      const lab = new LabResult().fill({
        uuid: newUuid(),
        patientId: patient.id,
        testName: 'Hb',
        result: '12',
        flag,
        resultDate: new Date(),
        status: 'final',
      })
      lab.patientUuid = patient.uuid
      await inTransaction(operator, async ({ client }) => void (await saveClinicalRow(lab, operator, client)))
      const { flag: sealed } = await db.from('lab_results').where('uuid', lab.uuid).firstOrFail()
      lengths.add(sealed.length)
    }
    assert.deepEqual([...lengths], [54])
  })

  test('a dump of the database shows names, and no phone, national id, address, e-mail or diagnosis', async ({
    assert,
  }) => {
    const digits = someDigits()
    const national = `ZQ${digits}`
    // Without digits: among those of a name one number in a hundred would be found.
    const name = `Clairnom${[...digits].map((digit) => 'abcdefghij'[Number(digit)]).join('')}`
    const patient = await register({
      family_name: name,
      national_id: national,
      phone: `+22177${digits.slice(-7)}`,
      email: `zq${digits}@example.org`,
      address: `Zqvilla ${digits}`,
    })
    await correctPatient(operator, { id: patient.uuid, version: 1, address: `Zqmaison ${digits}` })
    const visit = new Consultation().fill({
      uuid: newUuid(),
      patientId: patient.id,
      date: new Date(),
      diagnosis: `Zqpaludisme ${digits}`,
      notes: `Zqnotes ${digits}`,
      status: 'finished',
    })
    visit.patientUuid = patient.uuid
    await inTransaction(operator, async ({ client }) => void (await saveClinicalRow(visit, operator, client)))
    const bytes = await dump()
    assert.isTrue(bytes.includes(name), 'control: a clear column is found')
    const secrets = [national, `77${digits.slice(-7)}`, `zq${digits}`, 'Zqvilla', 'Zqmaison', 'Zqpaludisme', 'Zqnotes']
    for (const text of secrets) assert.isFalse(bytes.includes(text), text)
    const opened = await Consultation.findByOrFail('uuid', visit.uuid)
    assert.equal(opened.diagnosis, `Zqpaludisme ${digits}`)
  })
})

test.group('The blind index', () => {
  test('finds by a national id and by a phone, however they are typed', async ({ assert }) => {
    const digits = someDigits()
    const patient = await register({ national_id: `AB-${digits}`, phone: `+221 77 ${digits.slice(-7)}` })
    const found = async (keys: object) => (await searchPatients(operator, keys)).rows.map(({ uuid }) => uuid)
    for (const typed of [`AB-${digits}`, `ab${digits}`, `a b ${digits}`])
      assert.deepEqual(await found({ national_id: typed }), [patient.uuid])
    for (const typed of [`+22177${digits.slice(-7)}`, `00221 77 ${digits.slice(-7)}`])
      assert.include(await found({ phone: typed }), patient.uuid)
    assert.deepEqual(await found({ national_id: `AB-${digits}9` }), [])
  })

  test('follows a correction, and forgets the former value', async ({ assert }) => {
    const [before, after] = [`CD${someDigits()}`, `CD${someDigits()}`]
    const patient = await register({ national_id: before })
    await correctPatient(operator, { id: patient.uuid, version: 1, national_id: after })
    const found = async (national_id: string) => (await searchPatients(operator, { national_id })).rows.length
    assert.deepEqual([await found(before), await found(after)], [0, 1])
    await correctPatient(operator, { id: patient.uuid, version: 2, national_id: null })
    assert.equal(await found(after), 0)
  })

  test('holds tokens of sixteen bytes from which nothing is read', async ({ assert }) => {
    const national = `EF${someDigits()}`
    const patient = await register({ national_id: national })
    const rows = await db.from('unique_blind_indexes').where('row_uuid', patient.uuid)
    assert.lengthOf(rows, 1)
    assert.equal(rows[0].token.length, 16)
    assert.isFalse(rows[0].token.includes(national.slice(0, 4)))
  })
})
