import { test } from '@japa/runner'
import type { RecordData } from '#app/sync/protocol'
import type { Held } from '#pwa/device/types'
import { dayOf } from '#pwa/screens/consultation/local_time'
import { resultMoment } from '#pwa/screens/lab/result_moment'
import { resultText } from '#pwa/screens/patient/entry_words'
import { rangeOf, testsOf } from '#pwa/screens/patient/labs'
import { byDay, timelineOf } from '#pwa/screens/patient/timeline'
import { readableUnit } from '#pwa/screens/patient/units'
import { curvesOf, vitalsOf } from '#pwa/screens/patient/vitals'
import { identityInput } from '#pwa/screens/patients/identity'

const held = (entity: Held['entity'], data: Partial<RecordData> & { id: string }): Held => ({
  ...{ entity, id: data.id, scope: 'p', standing: 'sent' },
  data: data as RecordData,
})
const signs = (id: string, at: string, measurements: unknown[], more = {}) =>
  held('medical_record', { id, type: 'vital_signs', timeline_at: at, content: { measurements }, ...more })
const pressure = (high: number, low: number) => [
  { name: 'Systolique', code: '8480-6', value: high, unit: 'mm[Hg]' },
  { name: 'Diastolique', code: '8462-4', value: low, unit: 'mm[Hg]' },
]

test.group('Units as people write them', () => {
  const cases: [string | null, string][] = [
    [null, ''],
    ['mm[Hg]', 'mmHg'],
    ['Cel', '°C'],
    ['10*9/L', '10⁹/L'],
    ['10*-3', '10⁻³'],
    ['ug/L', 'µg/L'],
    ['umol/L', 'µmol/L'],
    ['m[IU]/L', 'mIU/L'],
    ['{beats}/min', '/min'],
    ['g/dL', 'g/dL'],
    ['U/L', 'U/L'],
  ]
  for (const [unit, shown] of cases)
    test(`'${unit}' is '${shown}'`, ({ assert }) => assert.equal(readableUnit(unit), shown))
})

test.group('Vital signs of a chart', () => {
  test('leaves out what was entered in error, and what an import brought in another shape', ({ assert }) => {
    const records = [
      signs('a', '2026-01-02T08:00:00Z', pressure(120, 80), { status: 'entered_in_error' }),
      signs('b', '2026-01-03T08:00:00Z', [
        null,
        { name: 'Pouls', value: 'rapide' },
        { name: 'Poids', value: '' },
        'rien',
      ]),
      held('medical_record', { id: 'c', type: 'vital_signs', timeline_at: '2026-01-01T08:00:00Z', content: null }),
      held('medical_record', { id: 'd', type: 'note', content: { measurements: pressure(1, 1) } }),
    ]
    const vitals = vitalsOf(records)
    assert.deepEqual(
      vitals.map(({ record }) => record.id),
      ['b', 'c']
    )
    assert.isTrue(vitals.every(({ measured, others }) => !Object.keys(measured).length && !others.length))
  })

  test('are the latest first in the table, and oldest first in the curve, each row under its kind', ({ assert }) => {
    const records = [
      signs('old', '2026-01-01T08:00:00Z', pressure(150, 95)),
      signs('new', '2026-02-01T08:00:00Z', pressure(130, 85)),
      signs('pulse', '2026-03-01T08:00:00Z', [{ name: 'Pouls', code: '8867-4', value: 72, unit: '/min' }]),
    ]
    const vitals = vitalsOf(records)
    assert.deepEqual(
      vitals.map(({ record }) => record.id),
      ['pulse', 'new', 'old']
    )
    const { at, rows } = curvesOf(vitals, ['systolic', 'diastolic'])
    assert.deepEqual(rows, [
      [150, 130],
      [95, 85],
    ])
    assert.deepEqual(at, [Date.parse('2026-01-01T08:00:00Z') / 1000, Date.parse('2026-02-01T08:00:00Z') / 1000])
  })

  test('a value in another unit is drawn in that of the curve; one that nobody can turn into it is not', ({
    assert,
  }) => {
    const of = (value: number, unit: string) => [{ name: 'Température', code: '8310-5', value, unit }]
    const vitals = vitalsOf([
      signs('a', '2026-01-01T08:00:00Z', of(100.4, '[degF]')),
      signs('b', '2026-01-02T08:00:00Z', of(311, 'K')),
    ])
    assert.deepEqual(curvesOf(vitals, ['temperature']).rows, [[38]])
    assert.equal(vitals[0]!.measured.temperature?.value, 311, 'the table has it as it was written')
  })
})

test.group('Lab results of a chart', () => {
  const result = (id: string, at: string, more: object) => held('lab_result', { id, result_date: at, ...more })

  test('a code makes one test of several spellings; without one the name does', ({ assert }) => {
    const tests = testsOf([
      result('a', '2026-01-01T08:00:00Z', { code: '718-7', code_system: 'LOINC', test_name: 'Hb' }),
      result('b', '2026-01-03T08:00:00Z', { code: '718-7', code_system: 'LOINC', test_name: 'Hémoglobine' }),
      result('c', '2026-01-02T08:00:00Z', { test_name: 'Créatinine' }),
      result('d', '2026-01-01T09:00:00Z', { test_name: 'creatinine ' }),
    ])
    assert.deepEqual(
      tests.map(({ name, results }) => [name, results.map(({ id }) => id)]),
      [
        ['Hémoglobine', ['b', 'a']],
        ['Créatinine', ['c', 'd']],
      ]
    )
  })

  test('draws numbers in the unit of the latest, and no words', ({ assert }) => {
    const [glucose] = testsOf([
      result('a', '2026-01-01T08:00:00Z', { test_name: 'Glycémie', value: '5.10', unit: 'mmol/L' }),
      result('b', '2026-01-02T08:00:00Z', { test_name: 'Glycémie', value: '110', unit: 'mg/dL' }),
      result('c', '2026-01-03T08:00:00Z', { test_name: 'Glycémie', value: null, result: 'Hémolysé' }),
      result('d', '2026-01-04T08:00:00Z', { test_name: 'Glycémie', value: '6', unit: 'mmol/L' }),
    ])
    assert.deepEqual(glucose!.curve.values, [5.1, 6])
    assert.lengthOf(glucose!.results, 4)
  })

  test('reads a range of reference as it is written', ({ assert }) => {
    assert.deepEqual(rangeOf('4 - 10'), { low: 4, high: 10 })
    assert.deepEqual(rangeOf('4,0–10,5 g/dL'), { low: 4, high: 10.5 })
    assert.deepEqual(rangeOf('[3.9;6.1]'), { low: 3.9, high: 6.1 })
    assert.deepEqual(rangeOf('-2 à 2'), { low: -2, high: 2 })
    assert.deepEqual(rangeOf('< 5'), { low: null, high: 5 })
    assert.deepEqual(rangeOf('>= 60'), { low: 60, high: null })
    assert.isNull(rangeOf('H : 13 - 17, F : 12 - 16'), 'whose of the two is not known')
    assert.isNull(rangeOf('Négatif'))
    assert.isNull(rangeOf(null))
  })
})

test.group('The timeline of a chart', () => {
  const chart = {
    patient: held('patient', { id: 'p' }),
    consultations: [held('consultation', { id: 'c', date: '2026-05-02T10:00:00' })],
    prescriptions: [
      { ...held('prescription', { id: 'r' }), writtenAt: '2026-05-02T11:00:00', standing: 'waiting' as const },
    ],
    records: [held('medical_record', { id: 'm', occurred_at: null, created_at: '2026-05-01T10:00:00' })],
    labResults: [held('lab_result', { id: 'l', result_date: '2026-05-03T10:00:00' })],
    addenda: [
      held('addendum', { id: 'a2', record_id: 'c', text: 'puis', created_at: '2026-05-05T10:00:00' }),
      held('addendum', { id: 'a1', record_id: 'c', text: 'd’abord', created_at: '2026-05-04T10:00:00' }),
    ],
  }

  test('has all kinds by day, the latest first, what is not sent by when it was written', ({ assert }) => {
    const days = byDay(timelineOf(chart))
    assert.deepEqual(
      days.map(({ day, entries }) => [day, entries.map(({ held: { id } }) => id)]),
      [
        ['2026-05-03', ['l']],
        ['2026-05-02', ['r', 'c']],
        ['2026-05-01', ['m']],
      ]
    )
  })

  test('tells addenda with their record, in the order in which they were written', ({ assert }) => {
    const entry = timelineOf(chart).find(({ held: { id } }) => id === 'c')
    assert.deepEqual(
      entry?.addenda.map(({ id }) => id),
      ['a1', 'a2']
    )
  })
})

test.group('What the form of an identity sends', () => {
  const values = {
    family_name: ' Diallo ',
    given_name: 'Awa',
    sex: 'female',
    dob: '1990-01-02',
    phone: '',
    email: null,
  }

  test('of a new patient, only what was said', ({ assert }) => {
    const { family_name, given_name, sex, dob } = { ...values, family_name: 'Diallo' }
    assert.deepEqual(identityInput(values), { family_name, given_name, sex, dob })
  })

  test('of a correction, only what is another than before, null where it was emptied, and never the number', ({
    assert,
  }) => {
    const former = {
      ...values,
      family_name: 'Diallo',
      phone: '77 123 45 67',
      mrn: 'A1',
      deceased_at: '2026-01-01T10:00:00Z',
    }
    const now = { ...former, phone: ' ', mrn: 'B2', given_name: 'Aïssa', deceased_at: '2026-01-01T10:00:00.000Z' }
    assert.deepEqual(identityInput(now, former), { phone: null, given_name: 'Aïssa' })
    assert.deepEqual(identityInput(former, former), {})
  })
})

test.group('A result in words', () => {
  const cases: [string, object, string][] = [
    [
      'a number in the reader’s language, as long as it was written',
      { result: '12.90', value: '12.90', unit: 'g/dL' },
      '12,90 g/dL',
    ],
    ['what words add to the number', { result: 'positif 1/80', value: '80' }, 'positif 1/80'],
    ['a limit with the unit beside it', { result: '<0,5', value: '0.5', unit: 'mg/L' }, '<0,5 mg/L'],
    ['the unit of a former system that gives no value', { result: '88', unit: 'umol/L' }, '88 µmol/L'],
    ['a unit once', { result: '88 µmol/L', unit: 'umol/L' }, '88 µmol/L'],
    ['the value alone', { result: '', value: '5.4', unit: 'mmol/L' }, '5,4 mmol/L'],
    ['words', { result: 'Négatif', unit: null }, 'Négatif'],
  ]
  for (const [what, data, said] of cases)
    test(`is ${what}`, ({ assert }) =>
      assert.equal(resultText(held('lab_result', { id: 'r', ...data })).replace('\u00a0', ' '), said))
})

test.group('The moment of a result', () => {
  const zone = process.env.TZ
  const inZone = (name: string) => (process.env.TZ = name)
  const imported = { status: 'final', performed_by: null, validated_at: null }
  const shown = (result_date: string, more: object = imported) => {
    const { at, isDayOnly } = resultMoment({ result_date, ...more })
    return isDayOnly ? dayOf(new Date(at)) : at
  }

  test('of a former system that told no hour is its day, east and west of where it stood', ({ assert, cleanup }) => {
    cleanup(() => {
      if (zone === undefined) delete process.env.TZ
      else process.env.TZ = zone
    })
    for (const name of ['Africa/Dakar', 'Africa/Douala', 'America/Guadeloupe', 'Indian/Reunion']) {
      inZone(name)
      assert.equal(shown('2024-03-05T00:00:00.000Z'), '2024-03-05', name)
    }
    inZone('Africa/Douala')
    assert.equal(shown('2024-03-04T23:00:00.000Z'), '2024-03-05', 'midnight of the mapping')
    assert.equal(shown('2024-03-04T23:00:00.000Z', { ...imported, performed_by: 'somebody' }), '2024-03-05')
  })

  test('is left as it is where somebody told the hour, or entered it here', ({ assert }) => {
    assert.equal(shown('2024-03-05T08:30:00.000Z'), '2024-03-05T08:30:00.000Z')
    const midnight = '2024-03-05T00:00:00.000Z'
    const entered = { status: 'preliminary', performed_by: 'somebody', validated_at: null }
    assert.equal(shown(midnight, entered), midnight)
    assert.equal(shown(midnight, { ...entered, status: 'final', validated_at: midnight }), midnight)
    assert.equal(shown(midnight, {}), midnight, 'not sent yet')
    assert.equal(shown('', imported), '')
  })
})
