import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { insertRows } from '#app/core/insert_rows'
import { newUuid } from '#app/core/ids'
import { toSqlInstant } from '#app/core/clock'
import { listPatients, searchPatients } from '#app/patients/find_patients'
import { nameRows } from '#app/patients/patient_columns'
import type Patient from '#app/patients/patient'
import { registerPatient } from '#app/patients/register_patient'
import { listUsers } from '#app/users/list_users'
import { callerOf, someone } from '#tests/acting'
import { analyzeTables, explain, plansOf, type Plan } from '#tests/functional/database/plans'

const FAMILIES = ['Diallo', 'Ndiaye', 'Traoré', 'Benali', 'Ouedraogo', 'Koné', 'Sy', 'Martin', 'Bernard', 'Haddad']
const MANY = 6_000

/** Enough rows that reading all of them is no longer the cheapest plan, written past the gate for speed. */
async function fillPatients() {
  const at = Date.UTC(2020, 0, 1)
  const series = `E${Date.now()}`
  const patients = Array.from({ length: MANY }, (_, n) => {
    const family = `${FAMILIES[n % FAMILIES.length]}${n % 97 === 0 ? '' : ` ${wordOf(n)}`}`
    const instant = toSqlInstant(new Date(at + n * 61_000))
    return {
      uuid: newUuid(),
      mrn: `${series}-${n}`,
      version: 1,
      family_name: family,
      given_name: wordOf(n * 7),
      sort_name: `${family} ${wordOf(n * 7)}`.toLowerCase(),
      sex: 'female',
      dob: `19${10 + (n % 90)}-01-${String(1 + (n % 28)).padStart(2, '0')}`,
      created_at: instant,
      updated_at: instant,
    }
  })
  await db.transaction(async (trx) => {
    await insertRows(trx, 'patients', patients)
    await insertRows(trx, 'users', patients.map(userOf))
    const rows = await trx
      .from('patients')
      .whereBetween('mrn', [series, `${series}~`])
      .select('id', 'mrn')
    const ids = new Map(rows.map(({ id, mrn }) => [mrn, Number(id)]))
    const names = patients.flatMap(({ mrn, family_name, given_name }) =>
      nameRows({ familyName: family_name, givenName: given_name }).map((row) => ({ ...row, patient_id: ids.get(mrn)! }))
    )
    await insertRows(trx, 'patient_names', names)
  })
  await analyzeTables(['patients', 'patient_names', 'doctor_patient', 'users'])
}

function userOf({
  family_name,
  created_at,
  updated_at,
}: {
  family_name: string
  created_at: string
  updated_at: string
}) {
  return { uuid: newUuid(), name: family_name, language: 'fr', created_at, updated_at }
}

function wordOf(n: number): string {
  return [3, 5, 7, 11].map((step) => 'bcdfglmnrst'[(n * step) % 11]! + 'aeiou'[(n * step) % 5]!).join('')
}

const READ_FROM = ['patients', 'patient_names', 'users', 'blind_indexes', 'unique_blind_indexes']

const READ_WHOLE = (plan: Plan) =>
  plan.key === null && /^(patients|patient_names|dp|doctor_patient|users|(unique_)?blind_indexes)/.test(plan.table)

test.group('Lists and searches use an index', (group) => {
  let known: Patient
  group.setup(async () => {
    const id = `EXPLAIN${Date.now()}`
    const identity = { family_name: 'Explain', given_name: 'Awa', sex: 'female', dob: '1980-01-01' }
    known = await registerPatient(operator, { ...identity, national_id: id, phone: '+221 77 000 00 01' })
    await fillPatients()
  })

  const operator = callerOf()
  const isMysql = db.primaryConnectionName === 'mysql'
  const primary = (table: string) => (isMysql ? 'PRIMARY' : `sqlite_autoindex_${table}_1`)
  const CASES: Record<string, [indexes: string[], work: () => Promise<unknown>]> = {
    'the list by name': [['patients_sort_name_uuid_index'], () => listPatients(operator, {})],
    'the list by date of birth, backwards': [
      ['patients_dob_uuid_index'],
      () => listPatients(operator, { sort: '-dob' }),
    ],
    'the list by creation': [['patients_created_at_uuid_index'], () => listPatients(operator, { sort: 'created_at' })],
    'the list by change, backwards': [
      ['patients_updated_at_uuid_index'],
      () => listPatients(operator, { sort: '-updated_at' }),
    ],
    'the search by a name': [
      ['patient_names_token_patient_id_index', 'patient_names_sound_patient_id_index'],
      () => searchPatients(operator, { name: 'ouedraogo balatama' }),
    ],
    'the search by the beginning of a name': [
      ['patient_names_token_patient_id_index'],
      () => searchPatients(operator, { name: 'oued' }),
    ],
    'the search by a name in two words': [
      ['patient_names_token_patient_id_index', 'patient_names_sound_patient_id_index'],
      () => searchPatients(operator, { name: 'Abdel Kader' }),
    ],
    'the search by date of birth': [['patients_dob_uuid_index'], () => searchPatients(operator, { dob: '1950-01-02' })],
    'the search by number': [['patients_mrn_unique'], () => searchPatients(operator, { mrn: known.mrn })],
    'the search by phone': [[primary('blind_indexes')], () => searchPatients(operator, { phone: known.phone! })],
    'the search by national id': [
      [primary('unique_blind_indexes')],
      () => searchPatients(operator, { national_id: known.nationalId! }),
    ],
    'the list of users': [['users_name_uuid_index'], () => listUsers(operator, {})],
  }

  for (const [name, [indexes, work]] of Object.entries(CASES)) {
    test(`${name}`, async ({ assert }) => {
      const plans = await plansOf(READ_FROM, work)
      const used = plans.flat().map(({ key }) => key)
      for (const plan of plans.flat()) assert.isFalse(READ_WHOLE(plan), JSON.stringify(plan))
      assert.includeMembers(used, indexes, JSON.stringify(plans))
    })
  }

  test('the second page starts in the index where the first ended', async ({ assert }) => {
    const { nextCursor } = await listPatients(operator, { limit: 50, sort: 'created_at' })
    const plans = await plansOf(READ_FROM, () =>
      listPatients(operator, { limit: 50, sort: 'created_at', cursor: nextCursor! })
    )
    const onPatients = plans.flat().filter(({ table }) => table === 'patients')
    assert.isTrue(
      onPatients.every(({ key, how }) => key?.includes('created_at') && /range|SEARCH/.test(how)),
      JSON.stringify(onPatients)
    )
  })

  test('the list of a clinician, who sees only the patients in their care', async ({ assert }) => {
    const doctor = await someone('doctor')
    const plans = await plansOf(READ_FROM, () => listPatients(callerOf(doctor), {}))
    for (const plan of plans.flat()) assert.isFalse(READ_WHOLE(plan), JSON.stringify(plan))
  })

  test('control: a search that no index serves reads the whole table', async ({ assert }) => {
    const plans = await explain(`select id from patients where family_name like '%zz%'`, [])
    assert.isTrue(plans.some((plan) => READ_WHOLE(plan) || /SCAN|ALL|index/.test(plan.how)))
  })
})
