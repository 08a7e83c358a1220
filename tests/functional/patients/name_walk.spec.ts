import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { insertRows } from '#app/core/insert_rows'
import { newUuid } from '#app/core/ids'
import { Invalid } from '#app/core/problem'
import { searchPatients } from '#app/patients/find_patients'
import { nameSound } from '#app/patients/names/name_sound'
import { nameRows } from '#app/patients/patient_columns'
import { callerOf } from '#tests/acting'
import { INSTANT } from '#tests/functional/core/probe'

const operator = callerOf()
const MANY = 460
const BOTH = 11

interface Bearer {
  uuid: string
  family_name: string
  given_name: string
}

/** Frequent names: more bear each than a page sorts. Every forty-fifth Zougmoko is called Wendpouiré, and so are others. */
function bearers(): Bearer[] {
  const named = (family_name: string, given_name: string) => ({ uuid: newUuid(), family_name, given_name })
  return Array.from({ length: MANY }, (_, n) => [
    named(n % 2 ? 'Zougmoko' : 'Zugmoko', n % 45 ? `Qx${n}` : 'Wendpouiré'),
    named(`Qw${n}`, n % 30 ? 'Wendpouiré' : 'Wendpouirette'),
  ]).flat()
}

async function insert(patients: Bearer[]) {
  const series = `W${Date.now()}`
  const rows = patients.map((patient, n) => ({
    ...{ ...patient, mrn: `${series}-${n}`, version: 1, sex: 'unknown', dob: '1902-03-04' },
    sort_name: `${patient.family_name} ${patient.given_name.replace('é', 'e')}`.toLowerCase(),
    ...{ retired_at: n === 2 ? INSTANT : null, created_at: INSTANT, updated_at: INSTANT },
  }))
  await insertRows(db.connection(), 'patients', rows)
  const kept = await db
    .from('patients')
    .whereBetween('mrn', [series, `${series}~`])
    .select('id', 'uuid')
  const ids = new Map(kept.map(({ id, uuid }) => [uuid, Number(id)]))
  const names = patients.flatMap(({ uuid, family_name, given_name }) =>
    nameRows({ familyName: family_name, givenName: given_name }).map((row) => ({ ...row, patient_id: ids.get(uuid)! }))
  )
  await insertRows(db.connection(), 'patient_names', names)
}

/** Everyone whom the pages of a search give, in their order. */
async function walk(name: string, limit = 50) {
  const found: Bearer[] = []
  let cursor: string | undefined
  for (let page = 0; page < 100; page++) {
    const { rows, nextCursor } = await searchPatients(operator, { name, limit, cursor })
    found.push(
      ...rows.map(({ uuid, familyName, givenName }) => ({ uuid, family_name: familyName, given_name: givenName }))
    )
    if (!nextCursor) return found
    cursor = nextCursor
  }
  throw new Error('the pages do not end')
}

test.group('Search by a name that many bear', (group) => {
  const patients = bearers()
  const retired = patients[2]!.uuid
  const uuidsOf = (chosen: Bearer[]) => chosen.map(({ uuid }) => uuid).sort()
  const current = (isMeant: (patient: Bearer) => boolean) =>
    uuidsOf(patients.filter((patient) => patient.uuid !== retired && isMeant(patient)))
  group.setup(() => insert(patients))

  test('refuses a cursor that was altered', async ({ assert }) => {
    const { nextCursor } = await searchPatients(operator, { name: 'zougmoko' })
    const parts = JSON.parse(Buffer.from(nextCursor!, 'base64url').toString()) as unknown[]
    for (const altered of [
      parts.with(1, 7),
      parts.with(2, -1),
      parts.with(3, 5),
      parts.with(4, 'x'),
      parts.with(4, newUuid()),
    ]) {
      const cursor = Buffer.from(JSON.stringify(altered)).toString('base64url')
      await assert.rejects(() => searchPatients(operator, { name: 'zougmoko', cursor }), Invalid as never)
    }
  })

  test('gives each of them once, over the pages, and nobody who is retired', async ({ assert }) => {
    assert.equal(nameSound('zugmoko'), nameSound('zougmoko'))
    for (const name of ['zougmoko', 'zugmoko', 'zoug', 'zu', 'z']) {
      const begins = (family: string) => family.toLowerCase().startsWith(name)
      const isMeant = ({ family_name }: Bearer) =>
        begins(family_name) || (name.endsWith('moko') && family_name.endsWith('moko'))
      const found = (await walk(name)).filter(({ family_name }) => family_name.endsWith('moko'))
      assert.deepEqual(uuidsOf(found), current(isMeant), name)
    }
    assert.deepEqual(
      uuidsOf(await walk('wendpouire', 7)),
      current(({ given_name }) => given_name.startsWith('Wendpouir'))
    )
  })

  test('shows first those whose name begins as it was typed, by name', async ({ assert }) => {
    const { rows } = await searchPatients(operator, { name: 'zougmoko', limit: 100 })
    assert.isTrue(rows.every(({ familyName }) => familyName === 'Zougmoko'))
    const shown = rows.map(({ givenName }) => givenName.toLowerCase().replace('é', 'e'))
    assert.deepEqual(shown, shown.toSorted())
  })

  test('finds who bears two such names, in any order, misspelt or begun, and nobody else', async ({ assert }) => {
    const both = current(
      ({ family_name, given_name }) => family_name.endsWith('moko') && given_name.startsWith('Wendpou')
    )
    assert.lengthOf(both, BOTH)
    for (const name of ['zugmoko wendpouire', 'Wendpouiré Zougmoko', 'wendpuire zoogmoko', 'zugmoko wend'])
      assert.deepEqual(uuidsOf(await walk(name)), both, name)
    const begun = current(({ family_name, given_name }) => family_name === 'Zougmoko' && given_name.startsWith('Wend'))
    assert.deepEqual(uuidsOf(await walk('wend zoug')), begun)
  })
})
