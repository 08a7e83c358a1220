import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test } from '@japa/runner'
import { validateNationalId } from '#app/patients/national_ids/validate_national_id'
import { normalisePhone } from '#app/patients/phone'
import { SAMPLE, SAMPLE_FILES, isBalanced, isDate, readLines } from '#tests/unit/samples/clinique'

const generator = fileURLToPath(new URL('../../../tools/make_sample.mjs', import.meta.url))

function generate(out: string, ...more: string[]) {
  execFileSync(process.execPath, [generator, '--out', out, ...more], { stdio: 'pipe' })
}

const doctors = readLines('medecins.csv')
const patients = readLines('patients.csv')
const visits = readLines('visites.csv')
const analyses = readLines('analyses.csv')
const flaws: Record<string, number> = JSON.parse(readFileSync(new URL('flaws.json', SAMPLE), 'utf8'))

const PATIENT = { number: 0, born: 4, nationalId: 5, country: 6, phone: 7, allergies: 10, died: 11 } as const
const VISIT = { number: 0, patient: 1, doctor: 2, date: 3, code: 7, treatment: 8 } as const
const column = (lines: typeof patients, index: number) => lines.map(({ fields }) => fields[index] ?? '')

const isShortId = ({ fields }: (typeof patients)[number]) => {
  const id = fields[PATIENT.nationalId]
  return Boolean(id) && !validateNationalId(id!, fields[PATIENT.country] || 'generic').ok
}

test.group('The sample export', () => {
  test('is not made from arguments that mean nothing', ({ assert }) => {
    for (const wrong of ['0', '-1', 'many', '1.5', '9000001']) {
      assert.throws(() => generate(tmpdir(), `--patients=${wrong}`), /whole number/)
    }
  })

  test('is made again byte for byte from its seed', ({ assert, cleanup }) => {
    const out = mkdtempSync(join(tmpdir(), 'sample-'))
    cleanup(() => rmSync(out, { recursive: true }))
    generate(out)
    for (const file of SAMPLE_FILES) {
      assert.isTrue(readFileSync(join(out, file)).equals(readFileSync(new URL(file, SAMPLE))), `${file} is made anew`)
    }
  })

  test('is another one from another seed, and of the size asked for', ({ assert, cleanup }) => {
    const out = mkdtempSync(join(tmpdir(), 'sample-'))
    cleanup(() => rmSync(out, { recursive: true }))
    generate(out, '--seed', '7', '--patients', '40', '--visits', '90')
    const lines = readFileSync(join(out, 'visites.csv'), 'latin1').split('\r\n').slice(1, -1)
    assert.lengthOf(lines, 90)
    assert.notInclude(readFileSync(new URL('visites.csv', SAMPLE), 'latin1'), lines[0]!)
  })

  test('holds some 600 patients and 3,000 visits in less than a megabyte', ({ assert }) => {
    assert.isBelow(
      SAMPLE_FILES.reduce((sum, file) => sum + statSync(new URL(file, SAMPLE)).size, 0),
      1_000_000
    )
    assert.equal(
      new Set(column(patients, PATIENT.number).filter((number) => number.startsWith('P0'))).size,
      600 - flaws.patients_missing_number!
    )
    assert.lengthOf(visits, 3000)
    assert.isTrue(analyses.length > 700 && analyses.length < 1200)
    assert.lengthOf(doctors, 12)
  })
})

test.group('The faults of the sample export', () => {
  test('of encoding are as many as it says, and of every file', ({ assert }) => {
    const latin1 = (lines: typeof patients) => lines.filter((line) => line.isLatin1).length
    assert.equal(latin1(patients), flaws.patients_latin1)
    assert.equal(latin1(visits), flaws.visits_latin1)
    assert.equal(latin1(analyses), flaws.analyses_latin1)
    assert.equal(latin1(doctors), flaws.doctors_latin1 ?? 0)
  })

  test('of patients are as many as it says', ({ assert }) => {
    const texts = patients.map((line) => line.text)
    assert.equal(texts.length - new Set(texts).size, flaws.patients_exact_duplicate)
    const ids = new Map<string, Set<string>>()
    for (const { fields } of patients) {
      const key = `${fields[PATIENT.country]} ${fields[PATIENT.nationalId]}`
      if (fields[PATIENT.nationalId]) ids.set(key, (ids.get(key) ?? new Set()).add(fields[PATIENT.number]!))
    }
    assert.equal(
      [...ids.values()].filter((numbers) => numbers.size === 2).length,
      flaws.patients_same_person_other_number
    )
    assert.equal(
      column(patients, PATIENT.born).filter((date) => !isDate(date)).length,
      flaws.patients_day_and_month_swapped
    )
    assert.equal(patients.filter(isShortId).length, flaws.patients_bad_national_id)
    assert.equal(
      column(patients, PATIENT.number).filter((number) => number === '').length,
      flaws.patients_missing_number
    )
    assert.isTrue(patients.every(({ fields }) => fields.length === 12))
  })

  test('of visits are as many as it says', ({ assert }) => {
    const known = new Set(column(patients, PATIENT.number))
    assert.equal(
      column(visits, VISIT.patient).filter((number) => !known.has(number)).length,
      flaws.visits_of_unknown_patient
    )
    assert.equal(column(visits, VISIT.date).filter((date) => !isDate(date)).length, flaws.visits_day_and_month_swapped)
    assert.equal(visits.filter(({ fields }) => fields.length !== 12).length, flaws.visits_stray_delimiter)
    assert.equal(visits.filter(({ text }) => !isBalanced(text)).length, flaws.visits_unbalanced_quote)
  })

  test('are all counted', ({ assert }) => {
    assert.lengthOf(Object.keys(flaws), 12)
  })
})

test.group('The sense of the sample export', () => {
  const patientOf = new Map(patients.map(({ fields }) => [fields[PATIENT.number]!, fields]))
  const isUnreadable = (fields: string[]) =>
    !isDate(fields[PATIENT.born]!) || isShortId({ fields, text: '', isLatin1: false })

  test('no visit hangs on a patient whose row cannot be read', ({ assert }) => {
    const refused = new Set([...patientOf].filter(([, fields]) => isUnreadable(fields)).map(([number]) => number))
    assert.deepEqual(
      column(visits, VISIT.patient).filter((number) => refused.has(number)),
      []
    )
  })

  test('no visit is before a birth or after a death, and each has a doctor of the list', ({ assert }) => {
    const day = (date: string) => date.split('/').reverse().join('')
    const codes = new Set(column(doctors, 0))
    for (const { fields } of visits) {
      assert.isTrue(codes.has(fields[VISIT.doctor]!))
      const patient = patientOf.get(fields[VISIT.patient]!)
      if (!patient || !isDate(fields[VISIT.date]!)) continue
      assert.isTrue(day(patient[PATIENT.born]!) < day(fields[VISIT.date]!), fields[VISIT.number])
      assert.isTrue(
        !patient[PATIENT.died] || day(fields[VISIT.date]!) <= day(patient[PATIENT.died]!),
        fields[VISIT.number]
      )
    }
  })

  test('nobody is given what they are allergic to', ({ assert }) => {
    const forbidden: [string, RegExp][] = [
      ['Pénicilline', /Amoxicilline/],
      ['Aspirine', /Ibuprofène/],
      ['Sulfamides', /Cotrimoxazole/],
    ]
    let allergic = 0
    for (const { fields } of visits) {
      const allergies = patientOf.get(fields[VISIT.patient]!)?.[PATIENT.allergies] ?? ''
      for (const [allergy, drug] of forbidden) {
        if (!allergies.includes(allergy)) continue
        allergic++
        assert.notMatch(fields[VISIT.treatment]!, drug, fields[VISIT.number])
      }
    }
    assert.isAbove(allergic, 50)
  })

  test('every phone can be read, and every analysis belongs to a visit of its patient', ({ assert }) => {
    for (const { fields } of patients) {
      const phone = fields[PATIENT.phone]!
      if (phone) assert.isNotNull(normalisePhone(phone, fields[PATIENT.country] || 'generic'), phone)
    }
    const visitedBy = new Map(visits.map(({ fields }) => [fields[VISIT.number], fields[VISIT.patient]]))
    for (const { fields } of analyses) assert.equal(visitedBy.get(fields[2]), fields[1])
  })

  test('codes have the form of ICD-10 and of LOINC with its check digit', ({ assert }) => {
    for (const { fields } of visits) assert.match(fields[VISIT.code]!, /^[A-Z]\d\d(\.\d)?$/)
    for (const code of new Set(column(analyses, 4))) assert.equal(code.split('-')[1], loincCheckDigit(code), code)
  })
})

/** Mod 10 as LOINC computes it (LOINC Users' Guide, appendix C): that of Luhn. */
function loincCheckDigit(code: string): string {
  const digits = [...code.split('-')[0]!].reverse().map(Number)
  const sum = digits.reduce(
    (total, digit, index) => total + (index % 2 ? digit : [0, 2, 4, 6, 8, 1, 3, 5, 7, 9][digit]!),
    0
  )
  return String((10 - (sum % 10)) % 10)
}
