import { readFile } from 'node:fs/promises'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { correctPatient } from '#app/patients/correct_patient'
import { aPerson, countOf, LegacySystem, recordsOf } from '#tests/functional/imports/legacy_system'
import { callerOf } from '#tests/acting'

async function rowsOfEachTable() {
  const tables = await db.connection().getAllTables()
  const counts = tables.map(async (table) => [table, await countOf(`select count(*) from ${table}`)] as const)
  return Object.fromEntries(await Promise.all(counts))
}

test.group('Rehearse an import', () => {
  test('writes nothing anywhere and counts as the real run does', async ({ assert }) => {
    const system = await LegacySystem.create()
    const people = Array.from({ length: 700 }, () => aPerson())
    await system.write('patients.csv', people)
    const first = await system.import()
    const [{ uuid }] = await recordsOf(first.run_id, 'patient', 'patients')
    await correctPatient(callerOf(), { id: uuid, version: 1, given_name: 'Corrigée' })
    const changed = people.map((person, index) => (index % 3 ? person : { ...person, given_name: 'Changée' }))
    await system.write('patients.csv', [...changed, aPerson(), aPerson({ sex: 'F' }), people[1]!])
    await system.write('users.csv', [{ id: 'u1', name: 'Dr Ba', roles: 'doctor' }])

    const before = await rowsOfEachTable()
    const rejects = system.path('rejected')
    const rehearsed = await system.import({ dryRun: true, rejects })
    assert.deepEqual(await rowsOfEachTable(), before)
    assert.include(await readFile(`${rejects}/patients.csv`, 'utf8'), ',F,')

    const real = await system.import()
    assert.deepEqual(stable(rehearsed), stable(real))
    assert.containsSubset(real, { created: 2, updated: 233, kept: 1, merged: 1, rejected: 1, unchanged: 466 })
    assert.deepEqual([rehearsed.dry_run, real.dry_run], [true, false])
  }).timeout(60_000)
})

function stable({
  run_id,
  dry_run,
  seconds,
  peak_rss_mb,
  checks,
  ...counts
}: Awaited<ReturnType<LegacySystem['import']>>) {
  return { ...counts, checks: checks.map(({ name, ok }) => ({ name, ok })) }
}
