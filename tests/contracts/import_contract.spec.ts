import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import db from '@adonisjs/lucid/services/db'
import { Problem } from '#app/core/problem'
import { newUuid } from '#app/core/ids'
import Patient from '#app/patients/patient'
import { registerPatient } from '#app/patients/register_patient'
import { LegacySystem, notesOf, recordsOf, rowsOf } from '#tests/functional/imports/legacy_system'
import { callerOf, someone, tokenOf } from '#tests/acting'

type Row = Record<string, string>
interface Answer {
  uuid?: string
  code?: string
}
/** A way in: registers what the row says, or tells the code of the refusal. */
type Door = (row: Row, client: ApiClient) => Promise<Answer>

const throughTheApi: Door = async (row, client) => {
  const token = await tokenOf(await someone('reception'))
  const answer = await client.post('/api/v1/patients').bearerToken(token).json(row)
  const { data, errors, code } = answer.body()
  return data ? { uuid: data.id } : { code: errors?.[0]?.code ?? code }
}

const throughTheUseCase: Door = async (row) => {
  try {
    const patient = await registerPatient(callerOf(), row)
    return { uuid: patient.uuid }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { code: error.errors?.[0]?.code ?? error.code }
  }
}

const throughAnImport: Door = async (row) => {
  const system = await LegacySystem.create()
  const { deceased_at: died, ...rest } = row
  await system.write('patients.csv', [
    { id: newUuid(), family_name: '', ...rest, ...(died ? { deceased_at: died.slice(0, 10) } : {}) },
  ])
  const report = await system.import()
  const [patient] = await recordsOf(report.run_id, 'patient', 'patients')
  const [note] = await notesOf(report.run_id)
  return patient ? { uuid: patient.uuid } : { code: note!.code }
}

const DOORS = { 'the API': throughTheApi, 'the use-case': throughTheUseCase, 'an import': throughAnImport }
const OWN = ['id', 'uuid', 'created_at', 'updated_at']

/** All that the database holds of a patient, opened, but for what is each row's own. */
async function everythingOf(uuid: string) {
  const patient = await Patient.findByOrFail('uuid', uuid)
  const columns = Object.entries(patient.$attributes).map(([attribute, value]) => [
    Patient.$getColumn(attribute)!.columnName,
    value,
  ])
  const names = await rowsOf('select token, sound from patient_names where patient_id = ? order by token', [patient.id])
  const tokensIn = async (table: string) => {
    const rows = await rowsOf(
      `select field_id, key_version, token from ${table} where row_uuid = ? order by field_id`,
      [uuid]
    )
    return rows.map(({ token, ...rest }) => ({ ...rest, token: token.toString('hex') }))
  }
  const keys = await rowsOf('select subject_type, generation, state from data_keys where subject_uuid = ?', [uuid])
  return {
    columns: Object.fromEntries(columns.filter(([name]) => !OWN.includes(String(name)))),
    names: names.map((row) => ({ ...row })),
    shared: await tokensIn('blind_indexes'),
    unique: await tokensIn('unique_blind_indexes'),
    keys: keys.map((row) => ({ ...row })),
  }
}

/** Makes room for the same person through the next door: the id and the number are unique. */
async function makeRoom(uuid: string) {
  await db.from('unique_blind_indexes').where('row_uuid', uuid).delete()
  await db
    .from('patients')
    .where('uuid', uuid)
    .update({ mrn: newUuid().slice(0, 32) })
}

const PERSON = { family_name: "N'Diaye-Sarr", given_name: 'Aïssatou Bâ', sex: 'female', dob: '1988-04-02' }
const PEOPLE: Record<string, Row> = {
  'with all there is to say': {
    ...{ ...PERSON, national_id: '1 23 1999 012345', national_id_country: 'SN', mrn: 'contract 7/b' },
    ...{ phone: '+221 77 123 45 67', email: 'aissatou@example.org', address: '12 rue du Fleuve\nDakar' },
    deceased_at: '2020-02-03T00:00:00.000Z',
  },
  'with the least': { ...PERSON, mrn: 'CONTRACT-8' },
  'whose national id names no country': { ...PERSON, mrn: 'CONTRACT-9', national_id: 'ab-12 345' },
  'whose phone cannot be read': { ...PERSON, mrn: 'CONTRACT-10', phone: '12-34' },
}

const REFUSED: [code: string, row: Row][] = [
  ['required', { given_name: 'Awa', sex: 'female', dob: '1988-04-02' }],
  ['maxLength', { ...PERSON, family_name: 'x'.repeat(121) }],
  ['regex', { ...PERSON, given_name: 'A\u{1}wa' }],
  ['enum', { ...PERSON, sex: 'F' }],
  ['not_in_the_future', { ...PERSON, dob: '2199-01-01' }],
  ['regex', { ...PERSON, dob: '1700-01-01' }],
  ['regex', { ...PERSON, phone: 'none' }],
  ['email', { ...PERSON, email: 'nobody' }],
  ['maxLength', { ...PERSON, address: 'x'.repeat(501) }],
  ['regex', { ...PERSON, mrn: '#7' }],
  ['regex', { ...PERSON, national_id: '12345', national_id_country: 'Senegal' }],
  ['unknown_country', { ...PERSON, national_id: '12345', national_id_country: 'ZZ' }],
  ['bad_shape', { ...PERSON, national_id: '12345', national_id_country: 'DZ' }],
  ['bad_checksum', { ...PERSON, national_id: '255081416802539', national_id_country: 'FR' }],
  ['bad_character', { ...PERSON, national_id: 'AB?12345' }],
  ['not_in_the_future', { ...PERSON, deceased_at: '2199-01-01T00:00:00.000Z' }],
  ['born_after_death', { ...PERSON, deceased_at: '1980-01-01T00:00:00.000Z' }],
  ['mrn_taken', { ...PERSON, mrn: 'TAKEN' }],
]

test.group('A patient through every door', (group) => {
  group.setup(async () => {
    await registerPatient(callerOf(), { ...PERSON, mrn: 'TAKEN' })
  })

  for (const [name, row] of Object.entries(PEOPLE)) {
    test(`${name} is the same row whether it came by API, use-case or import`, async ({ client, assert }) => {
      const found: unknown[] = []
      for (const [door, register] of Object.entries(DOORS)) {
        const { uuid, code } = await register(row, client)
        assert.exists(uuid, `${door} refused it: ${code}`)
        found.push(await everythingOf(uuid!))
        await makeRoom(uuid!)
      }
      assert.deepEqual(found[1], found[0])
      assert.deepEqual(found[2], found[0])
    })
  }

  for (const [code, row] of REFUSED) {
    test(`is refused as ${code} by each: ${JSON.stringify(row).slice(0, 160)}`, async ({ client, assert }) => {
      for (const [door, register] of Object.entries(DOORS)) {
        const answer = await register(row, client)
        assert.deepEqual(answer, { code }, door)
      }
    })
  }
})
