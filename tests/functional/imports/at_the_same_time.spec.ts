import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { inTransaction } from '#app/core/transaction'
import type { Caller } from '#app/core/caller'
import type { ImportReport } from '#app/imports/report'
import { correctPatient } from '#app/patients/correct_patient'
import { registerPatient } from '#app/patients/register_patient'
import {
  aPerson,
  attributesOf,
  aUniqueId,
  countOf,
  firstNoteOf,
  LegacySystem,
  recordsOf,
} from '#tests/functional/imports/legacy_system'
import { callerOf } from '#tests/acting'

/** Does its work in a transaction that is committed only once the import waits for it, on a lock or for the connection. */
async function whileImporting(system: LegacySystem, work: (caller: Caller) => Promise<unknown>): Promise<ImportReport> {
  let importing: Promise<ImportReport>
  await inTransaction(callerOf(), async (trx) => {
    await work({ ...callerOf(), trx })
    importing = system.import()
    importing.catch(() => {})
    await untilItWaits()
  })
  return importing!
}

async function untilItWaits() {
  const isServer = db.connection().dialect.name === 'mysql'
  const waiting = "select count(*) from information_schema.innodb_trx where trx_state = 'LOCK WAIT'"
  for (let tries = 0; tries < 60; tries++) {
    // MariaDB makes this table anew only when nobody has read it for a tenth of a second.
    await sleep(150)
    // SQLite's one connection is ours: whoever else wants it waits by now.
    if (!isServer || (await countOf(waiting)) > 0) return
  }
  throw new Error('the import waited for nothing')
}

test.group('Import while somebody works on the same patient', () => {
  test('a patient who is being registered is found, not registered twice', async ({ assert }) => {
    const system = await LegacySystem.create()
    const nationalId = aUniqueId()
    await system.write('patients.csv', [aPerson(), aPerson({ national_id: nationalId, dob: '1970-01-01' })])
    const identity = { family_name: 'Sow', given_name: 'Ali', sex: 'male', dob: '1970-01-01', national_id: nationalId }
    const report = await whileImporting(system, (caller) => registerPatient(caller, identity))
    assert.containsSubset(report, { created: 1, merged: 1, rejected: 0 })
    assert.deepEqual(
      report.checks.filter(({ ok }) => !ok),
      []
    )
  })

  test('a correction that is being made is kept', async ({ assert }) => {
    const system = await LegacySystem.create()
    const person = aPerson()
    await system.write('patients.csv', [person])
    const first = await system.import()
    const [{ uuid }] = await recordsOf(first.run_id, 'patient', 'patients')
    await system.write('patients.csv', [{ ...person, given_name: 'Autre' }])
    const report = await whileImporting(system, (caller) =>
      correctPatient(caller, { id: uuid, version: 1, given_name: 'Corrigée' })
    )
    assert.containsSubset(report, { kept: 1, updated: 0 })
    assert.containsSubset(await firstNoteOf(report.run_id), { code: 'kept', record_uuid: uuid })
    assert.containsSubset(await attributesOf(uuid), { givenName: 'Corrigée', version: 2 })
  })
})
