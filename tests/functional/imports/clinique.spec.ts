import { readFileSync } from 'node:fs'
import { test } from '@japa/runner'
import { runImport } from '#app/imports/run_import'
import { callerOf } from '#tests/acting'

const flaws = JSON.parse(readFileSync('resources/samples/clinique/flaws.json', 'utf8')) as Record<string, number>

test.group('Import the sample clinic', () => {
  test('rejects and merges exactly the flawed rows', async ({ assert }) => {
    const report = await runImport(callerOf(), { mapping: 'clinique', path: 'resources/samples/clinique' })
    const rejected =
      flaws.patients_bad_national_id! +
      flaws.patients_day_and_month_swapped! +
      flaws.patients_missing_number! +
      flaws.visits_day_and_month_swapped! +
      flaws.visits_of_unknown_patient! +
      flaws.visits_stray_delimiter! +
      flaws.visits_unbalanced_quote!
    assert.equal(report.rejected, rejected)
    assert.equal(report.merged, flaws.patients_exact_duplicate! + flaws.patients_same_person_other_number!)
    assert.isTrue(report.checks.every(({ ok }) => ok))
  }).timeout(60_000)
})
