import { test } from '@japa/runner'
import { PatientIndex } from '#pwa/device/patient_index'
import type { PatientEntry } from '#pwa/device/types'

const entry = (id: string, more: Partial<PatientEntry>): PatientEntry => ({
  ...{ id, mrn: `MRN-${id}`, familyName: 'Sow', givenName: 'Ali', sex: 'male', dob: '1970-01-01' },
  ...{ phone: null, nationalId: null, standing: 'sent' },
  ...more,
})

function indexOf(...entries: PatientEntry[]) {
  const index = new PatientIndex()
  for (const each of entries) index.put(each)
  return index
}

const people = indexOf(
  entry('1', { familyName: 'Ouédraogo', givenName: 'Fatoumata', dob: '1985-07-14', phone: '+221 77 123 45 67' }),
  entry('2', { familyName: 'Traoré', givenName: 'Mamadou Lamine', dob: '1990-12-01', nationalId: '1 234 1990 00123' }),
  entry('3', { familyName: 'Abd el Kader', givenName: 'Youssef', mrn: 'A-0042' }),
  entry('4', { familyName: 'Trawally', givenName: 'Awa' })
)
const found = (text: string) => people.find(text, 10).map(({ id }) => id)

test.group('A search on the device', () => {
  test('finds nobody by what fits nobody', ({ assert }) => {
    assert.isEmpty(found('Ndiaye'))
    assert.isEmpty(found('Ouedraogo Mamadou'))
    assert.isEmpty(found('99'))
    assert.isEmpty(found('31/31/1985'))
  })

  for (const [text, id] of [
    ['ouedraogo', '1'],
    ['Wedraogo', '1'],
    ['FATOU', '1'],
    ['fatoumata ouedr', '1'],
    ['77 123 45', '1'],
    ['00221771234567', '1'],
    ['0771234567', '1'],
    ['14/07/1985', '1'],
    ['1985-07-14', '1'],
    ['14071985', '1'],
    ['lamine trao', '2'],
    ['12341990', '2'],
    ['Abdelkader', '3'],
    ['abd el kader', '3'],
    ['a-0042', '3'],
    ['A0042', '3'],
  ] as const)
    test(`finds by ${text}`, ({ assert }) => assert.deepEqual(found(text), [id]))

  test('shows whose name is the same before whose name begins so', ({ assert }) => {
    const index = indexOf(
      entry('a', { familyName: 'Bathily' }),
      entry('b', { familyName: 'Ba' }),
      entry('c', { familyName: 'Bah' })
    )
    assert.equal(index.find('ba', 10)[0]!.id, 'b')
    assert.lengthOf(index.find('ba', 2), 2)
  })

  test('forgets the former name', ({ assert }) => {
    const index = indexOf(entry('a', { familyName: 'Diop' }))
    index.put(entry('a', { familyName: 'Fall' }))
    assert.isEmpty(index.find('diop', 5))
    assert.lengthOf(index.find('fall', 5), 1)
    index.remove('a')
    assert.isEmpty(index.find('', 5))
  })
})

test.group('Somebody who may be here already', () => {
  const like = (of: object) =>
    people.like({ family_name: 'Nobody', given_name: 'Known', dob: '2001-01-01', ...of }).map(({ id }) => id)

  test('is not whoever has only the name, or only the day', ({ assert }) => {
    assert.isEmpty(like({ family_name: 'Ouedraogo', given_name: 'Fatoumata' }))
    assert.isEmpty(like({ dob: '1985-07-14' }))
    assert.isEmpty(like({ phone: '4567' }))
  })

  test('has a name like it and the same day', ({ assert }) => {
    assert.deepEqual(like({ family_name: 'Wedraogo', given_name: 'Fatimata', dob: '1985-07-14' }), ['1'])
    assert.deepEqual(like({ family_name: 'Fatoumata', given_name: 'Ouedraogo', dob: '1985-07-14' }), ['1'])
  })

  test('has the same number, however it was typed', ({ assert }) => {
    assert.deepEqual(like({ phone: '77-123-45-67' }), ['1'])
    assert.deepEqual(like({ national_id: '1234199000123' }), ['2'])
  })
})
