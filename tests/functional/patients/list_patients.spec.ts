import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { moveClock } from '#app/core/clock'
import { assignDoctor } from '#app/doctors/assign_doctor'
import { callerOf } from '#tests/acting'
import { apiCallerWith, PATIENTS, type ApiCaller } from '#tests/functional/api_caller'
import { someDigits, somePatient, someWord } from '#tests/functional/patients/some_patient'

interface Shown {
  id: string
  family_name: string
  given_name: string
  dob: string
  created_at: string
  updated_at: string
}

/** Every page of a list, and what was shown between them. */
async function walk(api: ApiCaller, query: string, between?: (page: number) => Promise<unknown>): Promise<Shown[]> {
  const all: Shown[] = []
  let cursor: string | null = ''
  for (let page = 1; cursor !== null; page++) {
    const answer = await api.get(`${PATIENTS}?${query}${cursor && `&cursor=${cursor}`}`)
    if (answer.status() !== 200) throw new Error(answer.text())
    all.push(...answer.body().data)
    cursor = answer.body().meta.next_cursor
    await between?.(page)
  }
  return all
}

/** A doctor with so many patients in their care: the list that nobody else changes. */
async function ward(client: any, size: number, more: (n: number) => object = () => ({})) {
  const api = await apiCallerWith(client, 'doctor')
  const uuids: string[] = []
  for (let n = 0; n < size; n++) {
    const { uuid } = await somePatient(more(n))
    await assignDoctor(callerOf(), { doctor_id: api.user.uuid, patient_id: uuid })
    uuids.push(uuid)
  }
  return { api, uuids }
}

const NAMES = ['Ba', 'ba', 'Bâ', 'Zongo', 'Àlvès', 'ndiaye', 'N’Diaye', 'Diallo', 'diallo', 'Éboué', '王', 'محمد']

test.group('The list of patients', (group) => {
  group.each.teardown(() => moveClock(0))

  test('comes in pages that neither repeat nor lose a row, in every order', async ({ client, assert }) => {
    const { api, uuids } = await ward(client, 17, (n) => ({
      family_name: NAMES[n % NAMES.length],
      given_name: NAMES[(n * 5) % 3],
      dob: `19${70 + (n % 4)}-01-01`,
    }))
    for (const sort of ['name', '-name', 'dob', '-dob', 'created_at', '-created_at', 'updated_at', '-updated_at']) {
      const all = await walk(api, `limit=3&sort=${sort}`)
      assert.sameMembers(
        all.map(({ id }) => id),
        uuids,
        sort
      )
      assert.lengthOf(all, 17)
      const column = sort.replace('-', '') as keyof Shown
      if (column === ('name' as never)) continue
      const values = all.map((row) => row[column])
      assert.deepEqual(values, sort.startsWith('-') ? [...values].sort().reverse() : [...values].sort(), sort)
    }
    const ascending = (await walk(api, 'limit=4&sort=name')).map(({ id }) => id)
    assert.deepEqual(
      (await walk(api, 'limit=5&sort=-name')).map(({ id }) => id),
      ascending.reverse()
    )
    assert.deepEqual(
      (await walk(api, 'limit=100')).map(({ id }) => id),
      ascending.reverse()
    )
  })

  test('goes on after the longest name of any script', async ({ client, assert }) => {
    const long = (n: number) => ({ family_name: '張'.repeat(119) + '一二三'[n], given_name: '偉'.repeat(120) })
    const { api } = await ward(client, 3, long)
    assert.lengthOf(await walk(api, 'limit=1'), 3)
  })

  test('ignores accents and case in its order', async ({ client, assert }) => {
    const { api } = await ward(client, 4, (n) => ({ family_name: ['Ébo', 'ECA', 'ebà', 'Éc'][n], given_name: 'A' }))
    assert.deepEqual(
      (await walk(api, '')).map(({ family_name }) => family_name),
      ['ebà', 'Ébo', 'Éc', 'ECA']
    )
  })

  test('loses and repeats nothing while patients are added, corrected and moved before and behind', async ({
    client,
    assert,
  }) => {
    const { api, uuids } = await ward(client, 12, (n) => ({ family_name: `M${'abcdefghijkl'[n]}` }))
    const added: string[] = []
    const seen = await walk(api, 'limit=3&sort=name', async (page) => {
      for (const family_name of ['Aa', 'Zz', `M${'cfil'[page - 1] ?? 'z'}`]) {
        const { uuid } = await somePatient({ family_name })
        await assignDoctor(callerOf(), { doctor_id: api.user.uuid, patient_id: uuid })
        added.push(uuid)
        if (added.length > 12) return
      }
    })
    const ids = seen.map(({ id }) => id)
    assert.lengthOf([...new Set(ids)], ids.length)
    assert.includeMembers(ids, uuids)
    assert.isAbove(added.length, 6)
  })

  test('control: pages by offset repeat a row when one is added before', async ({ assert }) => {
    const series = someWord()
    for (const n of [1, 2, 3, 4]) await somePatient({ family_name: `${series}${'bdfh'[n - 1]}` })
    const page = (offset: number) =>
      db
        .from('patients')
        .where('sort_name', '>=', series)
        .where('sort_name', '<', `${series}~`)
        .orderBy('sort_name')
        .offset(offset)
        .limit(2)
        .select('uuid')
    const first = await page(0)
    await somePatient({ family_name: `${series}a` })
    assert.deepEqual((await page(2))[0].uuid, first[1].uuid)
  })

  test('breaks ties by id, so that a page may end among equals', async ({ client, assert }) => {
    const { api, uuids } = await ward(client, 9, () => ({ family_name: 'Same', given_name: 'Same', dob: '1970-01-01' }))
    for (const sort of ['name', '-dob'])
      assert.sameMembers(
        (await walk(api, `limit=2&sort=${sort}`)).map(({ id }) => id),
        uuids
      )
    assert.deepEqual(
      (await walk(api, 'limit=2')).map(({ id }) => id),
      [...uuids].sort()
    )
  })

  test('counts only when asked, and exactly', async ({ client, assert }) => {
    const { api } = await ward(client, 5)
    const counted = await api.get(`${PATIENTS}?limit=2&count=exact`)
    assert.deepEqual([counted.body().data.length, counted.body().meta.count], [2, 5])
    assert.notProperty((await api.get(`${PATIENTS}?limit=2`)).body().meta, 'count')
    const { next_cursor } = counted.body().meta
    assert.equal((await api.get(`${PATIENTS}?limit=2&count=exact&cursor=${next_cursor}`)).body().meta.count, 5)
  })

  test('filters by name, birth, number, phone and national id within what one may see', async ({ client, assert }) => {
    const digits = someDigits()
    const word = someWord()
    const phone = `+22177${digits.slice(-7)}`
    const { api, uuids } = await ward(client, 2, (n) => ({
      ...(n ? {} : { family_name: word, phone, national_id: `L${digits}`, mrn: `L${digits}`, dob: '1906-07-08' }),
    }))
    await somePatient({ family_name: word, phone, dob: '1906-07-08' })
    for (const query of [
      `name=${word}`,
      'dob=1906-07-08',
      `mrn=l${digits}`,
      `phone=${encodeURIComponent(phone)}`,
      `national_id=l-${digits}`,
    ])
      assert.deepEqual(
        (await walk(api, query)).map(({ id }) => id),
        [uuids[0]],
        query
      )
  })

  test('refuses another list’s cursor, another order’s, one that was altered, and odd limits', async ({
    client,
    assert,
  }) => {
    const { api } = await ward(client, 3)
    const cursor = (await api.get(`${PATIENTS}?limit=1&sort=name`)).body().meta.next_cursor
    assert.equal((await api.get(`${PATIENTS}?limit=1&sort=name&cursor=${cursor}`)).status(), 200)
    const searching = await apiCallerWith(client, 'reception')
    for (const path of [
      `${PATIENTS}?sort=-name&cursor=${cursor}`,
      `${PATIENTS}?sort=dob&cursor=${cursor}`,
      `${PATIENTS}/search?name=a&cursor=${cursor}`,
      `${PATIENTS}?cursor=${cursor.slice(4)}`,
      `${PATIENTS}?cursor=x`,
    ]) {
      const answer = await searching.get(path)
      assert.deepEqual([answer.status(), answer.body().errors?.[0].code], [422, 'cursor'], path)
    }
    for (const query of [
      'limit=0',
      'limit=101',
      'limit=-1',
      'limit=1.5',
      'limit=x',
      'sort=family_name',
      'sort=',
      'count=all',
      'retired=1',
    ])
      assert.equal((await api.get(`${PATIENTS}?${query}`)).status(), 422, query)
  })

  test('gives 25 unless told otherwise', async ({ client, assert }) => {
    const { api } = await ward(client, 27)
    const { data, meta } = (await api.get(PATIENTS)).body()
    assert.lengthOf(data, 25)
    assert.isString(meta.next_cursor)
    const last = await api.get(`${PATIENTS}?cursor=${meta.next_cursor}`)
    assert.deepEqual([last.body().data.length, last.body().meta.next_cursor], [2, null])
  })
})
