import { readFileSync } from 'node:fs'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { insertRows } from '#app/core/insert_rows'
import { newUuid } from '#app/core/ids'
import { searchPatients } from '#app/patients/find_patients'
import { nameRows } from '#app/patients/patient_columns'
import { callerOf } from '#tests/acting'
import { apiCallerWith, PATIENTS } from '#tests/functional/api_caller'
import { auditOf, INSTANT } from '#tests/functional/core/probe'
import { someDigits, somePatient, someWord } from '#tests/functional/patients/some_patient'

interface NamePair {
  a: string
  b: string
  match: boolean
  reason: string
}

const pairs: NamePair[] = JSON.parse(readFileSync(new URL('../../fixtures/name_pairs.json', import.meta.url), 'utf8'))
const operator = callerOf()

/** Whether a search for `typed`, among those born on `dob`, finds this patient. */
async function finds(typed: string, dob: string, uuid: string): Promise<boolean> {
  const { rows } = await searchPatients(operator, { name: typed, dob, limit: 100 })
  return rows.some((row) => row.uuid === uuid)
}

test.group('Search by name: the checked-in pairs', (group) => {
  const DOB = '1901-02-03'
  const uuids = new Map<string, string>()

  // Written past the gate: seven hundred patients, of whom only the name matters.
  group.setup(async () => {
    const names = [...new Set(pairs.flatMap(({ a, b }) => [a, b]))]
    const series = `S${Date.now()}`
    const patients = names.map((name, n) => ({
      ...{ uuid: newUuid(), mrn: `${series}-${n}`, version: 1, family_name: name, given_name: 'Qx' },
      ...{ sort_name: name.slice(0, 200), sex: 'unknown', dob: DOB, created_at: INSTANT, updated_at: INSTANT },
    }))
    await insertRows(db.connection(), 'patients', patients)
    const rows = await db.from('patients').where('dob', DOB).select('id', 'uuid')
    const ids = new Map(rows.map(({ id, uuid }) => [uuid, Number(id)]))
    const tokens = patients.flatMap(({ uuid, family_name, given_name }) =>
      nameRows({ familyName: family_name, givenName: given_name }).map((row) => ({
        ...row,
        patient_id: ids.get(uuid)!,
      }))
    )
    await insertRows(db.connection(), 'patient_names', tokens)
    for (const { family_name, uuid } of patients) uuids.set(family_name, uuid)
  })

  test('names of different people do not find each other', async ({ assert }) => {
    const different = pairs.filter(({ match }) => !match)
    assert.isAtLeast(different.length, 150)
    const mixedUp: string[] = []
    for (const { a, b } of different) {
      if (await finds(a, DOB, uuids.get(b)!)) mixedUp.push(`${a} found ${b}`)
      if (await finds(b, DOB, uuids.get(a)!)) mixedUp.push(`${b} found ${a}`)
    }
    assert.deepEqual(mixedUp, [])
  })

  test('spellings of one name do, both ways', async ({ assert }) => {
    const same = pairs.filter(({ match }) => match)
    assert.isAtLeast(same.length, 150)
    const lost: string[] = []
    for (const { a, b } of same) {
      if (!(await finds(a, DOB, uuids.get(b)!))) lost.push(`${a} did not find ${b}`)
      if (!(await finds(b, DOB, uuids.get(a)!))) lost.push(`${b} did not find ${a}`)
    }
    assert.deepEqual(lost, [])
  })
})

test.group('Search', () => {
  test('needs a key, and knows no other field', async ({ client, assert }) => {
    const api = await apiCallerWith(client, 'reception')
    const none = await api.get(`${PATIENTS}/search`)
    assert.deepEqual([none.status(), none.body().errors[0].code], [422, 'search_needs_a_key'])
    assert.equal((await api.get(`${PATIENTS}/search?limit=5`)).status(), 422)
    assert.equal((await api.get(`${PATIENTS}/search?nmae=x`)).body().errors[0].code, 'unknown_field')
    assert.equal((await api.get(`${PATIENTS}/search?name=${'x'.repeat(121)}`)).status(), 422)
  })

  test('finds every word of a name in any order, begun or whole, whatever case and accents', async ({ assert }) => {
    const [family, given] = [someWord(), someWord()]
    const { uuid } = await somePatient({ family_name: `É${family}`, given_name: `${given} Aïcha` })
    const found = async (name: string) => (await searchPatients(operator, { name })).rows.map((row) => row.uuid)
    for (const typed of [
      `é${family} ${given}`,
      `${given} É${family}`.toUpperCase(),
      `e${family.slice(0, 6)} ${given.slice(0, 5)}`,
      `aicha e${family}`,
      `É${family}-${given}`,
    ])
      assert.deepEqual(await found(typed), [uuid], typed)
    for (const typed of [`e${family} ${someWord()}`, `x${family}`, `${family} ${given} ${someWord()}`])
      assert.deepEqual(await found(typed), [], typed)
    for (const typed of ['-', '’', '!?', '😀']) assert.deepEqual(await found(typed), [], typed)
  })

  test('finds a name written in one word or in two', async ({ assert }) => {
    const dob = '1903-04-05'
    for (const [stored, typed] of [
      ['Abdelkader', 'Abdel Kader'],
      ['Abd el Kader', 'Abdelkader'],
      ['Jeanpierre', 'Jean Pierre'],
      ['Jean-Pierre', 'Jeanpierre'],
      ['Ben Ali', 'Benali'],
    ] as const) {
      const { uuid } = await somePatient({ family_name: stored, given_name: 'Qx', dob })
      assert.isTrue(await finds(typed, dob, uuid), `${typed} finds ${stored}`)
      assert.isTrue(await finds(`Qx ${typed}`, dob, uuid), `Qx ${typed} finds ${stored}`)
      assert.isFalse(await finds(`${typed} Zz`, dob, uuid))
    }
  })

  test('finds the beginning of a name in every script', async ({ assert }) => {
    for (const [stored, typed] of [
      ['𞤃𞤢𞤥𞤢𞤣𞤵', '𞤥𞤢'],
      ['محمد', 'مح'],
      ['Ɓoubakar', 'boub'],
    ] as const) {
      const { uuid } = await somePatient({ family_name: stored, dob: '1904-05-06' })
      assert.isTrue(await finds(typed, '1904-05-06', uuid), stored)
    }
  })

  test('finds by number, birth, phone and national id, and by several at once only who has all', async ({
    client,
    assert,
  }) => {
    const api = await apiCallerWith(client, 'lab')
    const digits = someDigits()
    const word = someWord()
    const phone = `+221 77 ${digits.slice(-7)}`
    const patient = await somePatient({
      mrn: `M${digits}`,
      national_id: `SN ${digits}`,
      phone,
      dob: '1905-06-07',
      family_name: word,
    })
    await somePatient({ phone, dob: '1905-06-08', family_name: word })
    const found = async (query: Record<string, string>) =>
      (await api.get(`${PATIENTS}/search?${new URLSearchParams(query)}`))
        .body()
        .data.map(({ id }: { id: string }) => id)
    assert.deepEqual(await found({ mrn: `m${digits}` }), [patient.uuid])
    assert.deepEqual(await found({ national_id: `sn-${digits}` }), [patient.uuid])
    assert.lengthOf(await found({ phone: phone.replaceAll(' ', '') }), 2)
    assert.deepEqual(await found({ phone, dob: '1905-06-07' }), [patient.uuid])
    assert.deepEqual(await found({ name: word, dob: '1905-06-07' }), [patient.uuid])
    assert.deepEqual(await found({ mrn: `m${digits}`, dob: '1905-06-09' }), [])
    assert.deepEqual(await found({ national_id: 'NOBODY1' }), [])
  })

  test('is audited with whom it found, and without what was asked', async ({ client, assert }) => {
    const api = await apiCallerWith(client, 'reception')
    const word = someWord()
    const patient = await somePatient({ family_name: word })
    const answer = await api.get(`${PATIENTS}/search?name=${word}`)
    const [row, ...more] = await auditOf(answer.requestId)
    assert.lengthOf(more, 0)
    assert.deepEqual([row!.action, JSON.parse(row!.details).uuids], ['patients.search', [patient.uuid]])
    assert.notInclude(JSON.stringify(row), word)
  })
})
