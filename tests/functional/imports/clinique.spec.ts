import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { test } from '@japa/runner'
import { LegacySystem, notesOf } from '#tests/functional/imports/legacy_system'

type Notes = Awaited<ReturnType<typeof notesOf>>

/**
 * The sample of another seed, and record numbers with a prefix: other specs of the run import the shipped one, and ids
 * and numbers are one for all.
 */
async function anotherSample() {
  const mapping = await readFile('resources/mappings/clinique.yml', 'utf8')
  const prefixed = 'mrn: { join: [{ constant: OTHER }, NumDossier], with: "-" }'
  const system = await LegacySystem.create(mapping.replace('mrn: NumDossier', prefixed))
  const made = ['tools/make_sample.mjs', '--seed', '20261122', '--out', system.folder]
  await promisify(execFile)(process.execPath, made)
  const flaws = JSON.parse(await readFile(system.path('flaws.json'), 'utf8')) as Record<string, number>
  return { system, flaws }
}

test.group('Import the sample clinic', () => {
  test('rejects and merges exactly the flawed rows, and nothing is new the second time', async ({ assert }) => {
    const { system, flaws } = await anotherSample()
    const merged = flaws.patients_exact_duplicate! + flaws.patients_same_person_other_number!
    const rejects = system.path('rejected')
    const report = await system.import({ rejects })
    const visits =
      flaws.visits_day_and_month_swapped! +
      flaws.visits_of_unknown_patient! +
      flaws.visits_stray_delimiter! +
      flaws.visits_unbalanced_quote!
    const patients =
      flaws.patients_bad_national_id! + flaws.patients_day_and_month_swapped! + flaws.patients_missing_number!
    assert.containsSubset(report, { rejected: visits + patients, merged })
    assert.deepEqual(
      report.checks.filter(({ ok }) => !ok),
      []
    )
    const lines = await readFile(join(rejects, 'reasons.csv'), 'utf8')
    assert.lengthOf(lines.trim().split('\n'), visits + patients + 1)

    const second = await system.import()
    assert.containsSubset(second, { created: 0, updated: 0, rejected: visits + patients })

    await correct(system, rejects, await notesOf(report.run_id))
    const corrected = await system.import({ path: join(rejects, 'visites.csv'), as: 'visites' })
    assert.containsSubset(corrected, { rows_read: visits, created: visits, rejected: 0 })
  }).timeout(120_000)
})

/** As an operator would: day and month the other way round, a known patient, no stray delimiter, no stray quote. */
async function correct(system: LegacySystem, rejects: string, notes: Notes) {
  const patients = await readFile(system.path('patients.csv'), 'latin1')
  const known = patients.split('\r\n')[1]!.split(';')[0]!
  const path = join(rejects, 'visites.csv')
  const text = await readFile(path, 'latin1')
  const [header, ...rows] = text.trimEnd().split('\r\n')
  const codes = notes.filter(({ file, outcome }) => file === 'visites.csv' && outcome === 'rejected')
  const corrected = rows.map((row, index) => {
    const cells = row.split(';')
    const { code } = codes[index]!
    if (code === 'unreadable_date') cells[3] = cells[3]!.replace(/(\d+)\/(\d+)\//, '$2/$1/')
    if (code === 'reference_not_found') cells[1] = known
    if (code === 'ragged_row') cells.splice(11, cells.length, cells.slice(11).join(','))
    return cells.join(';').replaceAll('"', code === 'unbalanced_quotes' ? '' : '"')
  })
  await writeFile(path, `${[header, ...corrected].join('\r\n')}\r\n`, 'latin1')
}
