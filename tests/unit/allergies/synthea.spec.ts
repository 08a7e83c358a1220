import { existsSync, readFileSync } from 'node:fs'
import { test } from '@japa/runner'
import { parse } from 'csv-parse/sync'
import { isWarnedBy, type Substance } from '#app/allergies/allergy_match'

const FOLDER = '../shared/data/synthea'
const hasSynthea = existsSync(FOLDER)

/** The different substances of a file of the export, by their text. */
function substancesOf(file: string, system: string | null): Substance[] {
  const rows: Record<string, string>[] = parse(readFileSync(`${FOLDER}/${file}`), { columns: true })
  const found = new Map<string, Substance>()
  for (const { DESCRIPTION: text = '', CODE: code = null, SYSTEM: codeSystem = system } of rows)
    found.set(text, { text, code, codeSystem })
  return [...found.values()]
}

/** What of the 94 medicines each of the allergies must warn about; the others, foods and pollens, about nothing. */
const EXPECTED: Record<string, string[]> = {
  'Penicillin V': [
    'Amoxicillin 250 MG / Clavulanate 125 MG Oral Tablet',
    'Amoxicillin 250 MG Oral Capsule',
    'Amoxicillin 500 MG Oral Tablet',
    'Cefuroxime 250 MG Oral Tablet',
    'Penicillin V Potassium 250 MG Oral Tablet',
    'Penicillin V Potassium 500 MG Oral Tablet',
    'piperacillin 2000 MG / tazobactam 250 MG Injection',
    'piperacillin 4000 MG / tazobactam 500 MG Injection',
  ],
  'Lisinopril': ['lisinopril 10 MG Oral Tablet', 'lisinopril 20 MG Oral Tablet'],
}

test.group('Real allergies beside real medicines', () => {
  test('warn about these and no others', ({ assert }) => {
    const allergies = substancesOf('allergies.csv', null)
    const medicines = substancesOf('medications.csv', 'RxNorm')
    assert.isAbove(allergies.length * medicines.length, 1000, 'pairs')
    for (const allergy of allergies) {
      const warned = medicines.filter((medicine) => isWarnedBy(medicine, allergy)).map(({ text }) => text)
      assert.sameMembers(warned, EXPECTED[allergy.text] ?? [], allergy.text)
    }
    assert.includeMembers(
      allergies.map(({ text }) => text),
      Object.keys(EXPECTED)
    )
  }).skip(!hasSynthea, 'There is no ../shared/data/synthea beside the project')

  // Each of the 119 was read: the same substance in two products, paracetamol in combinations, penicillins and cefuroxime,
  // non-steroidal anti-inflammatory drugs, opium alkaloids, tramadol and pethidine; and norepinephrine beside
  // epinephrine, which is a false alarm.
  test('taken for one another: each medicine warns about itself, and few about others', ({ assert }) => {
    const medicines = substancesOf('medications.csv', 'RxNorm')
    const allergies = medicines.map((each) => ({ ...each, code: null }))
    const silent = medicines.filter((each, number) => !isWarnedBy(each, allergies[number]!))
    assert.deepEqual(silent, [])
    const others = medicines.flatMap((each, number) =>
      allergies.slice(0, number).filter((one) => isWarnedBy(each, one))
    )
    assert.equal(medicines.length, 94)
    assert.lengthOf(others, 119, 'of 4,371 pairs')
  }).skip(!hasSynthea, 'There is no ../shared/data/synthea beside the project')
})
