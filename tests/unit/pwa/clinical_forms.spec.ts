import { test } from '@japa/runner'
import { changedBelow } from '#pwa/screens/consultation/changed_below'
import { carried, inputOf } from '#pwa/screens/consultation/clinical_form'
import { fromLocalInput, instantOf, localInput } from '#pwa/screens/consultation/local_time'
import { resultProblems, resultValuesOf, suggestedFlag, withValue } from '#pwa/screens/lab/result_values'
import { contentOf, emptyContent, typedOf } from '#pwa/screens/record/record_content'
import { doubtsOf, measurementsOf, valuesOf, VITAL_SIGNS } from '#pwa/screens/record/vital_signs'
import { isUnitOfUcum } from '#app/records/ucum_unit'

const nameOf = (sign: string) => sign

test.group('What a clinical form gives back', () => {
  test('a new record leaves out what is empty', ({ assert }) => {
    assert.deepEqual(inputOf({ reason: ' Fièvre ', notes: '  ', date: '' }), { reason: 'Fièvre' })
  })

  test('a correction gives only what changed, and null for what was emptied', ({ assert }) => {
    const former = { reason: 'Fièvre', notes: 'Toux', follow_up_on: null, diagnosis: 'Grippe' }
    const values = { reason: 'Fièvre', notes: '', follow_up_on: '', diagnosis: 'Paludisme' }
    assert.deepEqual(inputOf(values, former), { notes: null, diagnosis: 'Paludisme' })
  })

  test('a refused write keeps what it was addressed to', ({ assert }) => {
    const initial = { patient_id: 'p', consultation_id: null, reason: 'x' }
    assert.deepEqual(carried(initial, ['patient_id', 'consultation_id']), { patient_id: 'p' })
  })

  test('tells what somebody else changed while one was changing it too, and nothing else', ({ assert }) => {
    const seen = { reason: 'a', notes: 'b', diagnosis: 'c' }
    const stands = { reason: 'A', notes: 'B', diagnosis: 'c' }
    assert.deepEqual(changedBelow(seen, stands, { reason: 'mine', notes: 'b', diagnosis: 'mine' }), ['reason'])
    assert.deepEqual(changedBelow(seen, stands, { reason: 'A' }), [], 'both wrote the same')
  })

  test('an instant is written with the offset of the clock on the wall', ({ assert }) => {
    assert.match(instantOf(), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/)
    assert.equal(Date.parse(instantOf(new Date(1_700_000_000_000))), 1_700_000_000_000)
  })

  test('an instant that nobody touched stays as it was, to the second', ({ assert }) => {
    const before = '2026-03-02T09:40:31.250Z'
    assert.equal(fromLocalInput(localInput(before), before), before)
    assert.notEqual(fromLocalInput('2026-03-02T23:59', before), before)
    assert.isNull(fromLocalInput('', before))
  })
})

test.group('Vital signs', () => {
  test('each has a unit that the server takes', ({ assert }) => {
    for (const { unit, name } of VITAL_SIGNS) assert.isTrue(isUnitOfUcum(unit), name)
  })

  test('are numbers with LOINC and UCUM; a comma is a point, and what is no number is left out', ({ assert }) => {
    const measured = measurementsOf({ temperature: '37,4', pulse: ' 72 ', weight: 'lourd', height: '' }, nameOf)
    assert.deepEqual(measured, [
      { name: 'pulse', code: '8867-4', code_system: 'LOINC', value: 72, unit: '/min' },
      { name: 'temperature', code: '8310-5', code_system: 'LOINC', value: 37.4, unit: 'Cel' },
    ])
    assert.deepEqual(valuesOf(measured), { pulse: '72', temperature: '37.4' })
  })

  test('ask about what looks like a slip of the pen', ({ assert }) => {
    const signs = { systolic: '80', diastolic: '120', temperature: '374', pulse: 'x' }
    assert.deepEqual(doubtsOf(signs), { diastolic: 'order', temperature: 'unusual', pulse: 'unreadable' })
    assert.deepEqual(doubtsOf({ systolic: '120', diastolic: '80', temperature: '37.4' }), {})
  })

  test('that are amended keep measurements that the form does not show, and the names under which they stand', ({
    assert,
  }) => {
    const girth = { name: 'Périmètre brachial', code: '56072-2', value: 12, unit: 'cm' }
    const pulse = { name: 'Heart rate', code: '8867-4', value: 80, unit: '/min' }
    const former = { measurements: [pulse, girth] }
    const typed = typedOf('vital_signs', former)
    assert.deepEqual(contentOf('vital_signs', typed, former), former)
  })
})

test.group('The content of a record', () => {
  test('an allergy that has a reaction needs its severity, and one of which nothing is known needs nothing', ({
    assert,
  }) => {
    const typed = typedOf('allergy', null)
    assert.isUndefined(emptyContent('allergy', typed).severity)
    assert.isUndefined(contentOf('allergy', typed))
    const begun = { ...typed, reactions: 'urticaire, gonflement ' }
    assert.isString(emptyContent('allergy', begun).severity)
    const severe = { ...begun, severity: 'severe' }
    assert.deepEqual(contentOf('allergy', severe), { severity: 'severe', reactions: ['urticaire', 'gonflement'] })
  })

  test('a vaccination has its lot and its dose, or none of it', ({ assert }) => {
    const typed = typedOf('vaccination', null)
    assert.isUndefined(contentOf('vaccination', typed))
    assert.isString(emptyContent('vaccination', { ...typed, lot_number: 'A1' }).dose_number)
    const given = { ...typed, lot_number: 'A1', dose_number: '2' }
    assert.deepEqual(contentOf('vaccination', given), { lot_number: 'A1', dose_number: 2 })
  })
})

test.group('A laboratory result', () => {
  const valuesWith = (changes: object) => ({ ...resultValuesOf({}), test_name: 'Hémoglobine', ...changes })

  test('has its number beside the words in which it is read', ({ assert }) => {
    assert.equal(withValue(valuesWith({ result: '5,10' }), {}).value, '5.10')
    assert.isNull(withValue(valuesWith({ result: 'Négatif' }), {}).value)
    const begun = { result: '7,2 g/dL', value: '7.2' }
    assert.equal(withValue(valuesWith(begun), begun).value, '7.2', 'untouched, it keeps its value')
  })

  test('that is no number has no unit', ({ assert }) => {
    assert.isString(resultProblems(valuesWith({ result: 'Positif', unit: 'g/dL' }), {}).unit)
    assert.isUndefined(resultProblems(valuesWith({ result: '7', unit: 'g/dL' }), {}).unit)
  })

  test('is compared with its reference range, where that can be read', ({ assert }) => {
    const cases = [
      ['9,4', '12–16', 'L'],
      ['12', '12 - 16', 'N'],
      ['17', '12 à 16', 'H'],
      ['6', '< 5', 'H'],
      ['6', '> 5', 'N'],
      ['Négatif', 'Négatif', null],
      ['6', '5', null],
      ['6', '', null],
    ] as const
    for (const [result, range, flag] of cases) assert.equal(suggestedFlag(result, range), flag, `${result} ${range}`)
  })
})
