import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { parse } from 'csv-parse/sync'
import Prescription from '#app/prescriptions/prescription'
import type { ImportReport } from '#app/imports/report'
import LabResult from '#app/labs/lab_result'
import MedicalRecord from '#app/records/medical_record'
import { countOf, LegacySystem, recordsOf, rowsOf } from '#tests/functional/imports/legacy_system'

const SYNTHEA = '../shared/data/synthea'

async function tableOf(file: string): Promise<Record<string, string>[]> {
  return parse(await readFile(join(SYNTHEA, file)), { columns: true, bom: true })
}

function tally(values: (string | null)[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const value of values) counts[String(value)] = (counts[String(value)] ?? 0) + 1
  return counts
}

test.group('Import a Synthea export', (group) => {
  let system: LegacySystem
  let report: ImportReport
  // Nothing is asked of it where the export is not there.
  const isThere = existsSync(SYNTHEA)
  const about = (title: string, callback: Parameters<typeof test>[1]) =>
    test(title, callback).skip(!isThere, `${SYNTHEA} is not there`).timeout(60_000)

  group.setup(async () => {
    if (!isThere) return
    system = await LegacySystem.create(await readFile('resources/mappings/synthea.yml', 'utf8'))
    report = await system.import({ path: SYNTHEA })
  })
  group.tap((one) => one.timeout(60_000))

  const idsOf = async (entity: string, table: string) => {
    const records = await recordsOf(report.run_id, entity, table)
    return records.map(({ id }) => id as number)
  }

  about('accounts for every row and rejects none', async ({ assert }) => {
    assert.containsSubset(report, { rows_read: 33_551, lookup: 173, rejected: 0, updated: 0, unchanged: 0, kept: 0 })
    assert.equal(report.created + report.merged, 33_551 - 173)
    assert.deepEqual(
      report.checks.filter(({ ok }) => !ok),
      []
    )
  })

  about('makes the records that the files hold', async ({ assert }) => {
    const files = await rowsOf(
      `select l.file, l.entity, count(*) as n from import_links l join import_runs r on r.id = l.run_id
       where r.uuid = ? group by l.file, l.entity order by l.file, l.entity`,
      [report.run_id]
    )
    assert.deepEqual(
      files.map(({ file, entity, n }) => [file, entity, Number(n)]),
      [
        ['allergies.csv', 'medical_record', 25],
        ['conditions.csv', 'medical_record', 1534],
        ['encounters.csv', 'assignment', 169],
        ['encounters.csv', 'consultation', 2590],
        ['immunizations.csv', 'medical_record', 891],
        ['medications.csv', 'prescription', 1772],
        ['observations.csv', 'lab_result', 5852],
        ['observations.csv', 'medical_record', 15_845],
        ['patients.csv', 'patient', 59],
        ['procedures.csv', 'medical_record', 4637],
        ['providers.csv', 'user', 173],
      ]
    )
  })

  about('keeps rows that repeat another exactly', async ({ assert }) => {
    const repeats = async (file: string, only: (row: Record<string, string>) => boolean) => {
      const table = await tableOf(file)
      const rows = table.filter(only).map((row) => JSON.stringify(row))
      return rows.length - new Set(rows).size
    }
    assert.equal(await repeats('procedures.csv', () => true), 627)
    assert.equal(await repeats('observations.csv', ({ CATEGORY }) => CATEGORY === 'laboratory'), 7)
    const made = await rowsOf(
      `select l.file, count(distinct l.record_uuid) as n from import_links l join import_runs r on r.id = l.run_id
       where r.uuid = ? and l.file in ('procedures.csv', 'observations.csv') group by l.file order by l.file`,
      [report.run_id]
    )
    assert.deepEqual(
      made.map(({ n }) => Number(n)),
      [21_697, 4637]
    )
  })

  about('names the code systems, and none for the 1,512 rows without category and encounter', async ({ assert }) => {
    const records = await MedicalRecord.query().whereIn('id', await idsOf('medical_record', 'medical_records'))
    const systems = tally(records.map(({ type, codeSystem }) => `${type} ${codeSystem}`))
    assert.containsSubset(systems, { 'condition SNOMED CT': 1534, 'procedure SNOMED CT': 4637, 'vaccination CVX': 891 })
    assert.lengthOf(
      records.filter(({ codeSystem }) => codeSystem === null),
      1512
    )
    assert.lengthOf(
      records.filter(({ code }) => code === null),
      1512
    )
    const results = await LabResult.query().whereIn('id', await idsOf('lab_result', 'lab_results'))
    assert.deepEqual(tally(results.map(({ codeSystem }) => codeSystem)), { LOINC: 5852 })
    const medicines = await Prescription.query().whereIn('id', await idsOf('prescription', 'prescriptions'))
    assert.deepEqual(tally(medicines.map(({ codeSystem }) => codeSystem)), { RxNorm: 1772 })
  })

  about('takes rows that are dated after a death', async ({ assert }) => {
    const late = await countOf(
      `select count(*) from medical_records m join import_links l on l.record_id = m.id and l.entity = 'medical_record'
       join import_runs r on r.id = l.run_id join patients p on p.id = m.patient_id
       where r.uuid = ? and m.occurred_at > p.deceased_at`,
      [report.run_id]
    )
    assert.isAbove(late, 0)
  })

  about('makes doctors of providers, who have nothing to sign in with', async ({ assert }) => {
    const doctors = await recordsOf(report.run_id, 'user', 'users')
    assert.lengthOf(doctors, 173)
    for (const { email, password } of doctors) assert.deepEqual([email, password], [null, null])
    const ids = doctors.map(({ id }) => id).join(',')
    assert.equal(await countOf(`select count(*) from access_tokens where tokenable_id in (${ids})`), 0)
    const roles = await rowsOf(
      `select r.name, count(*) as n from user_roles ur join roles r on r.id = ur.role_id where ur.user_id in (${ids}) group by r.name`
    )
    assert.deepEqual(
      roles.map(({ name, n }) => [name, Number(n)]),
      [['doctor', 173]]
    )
  })

  about('assigns whoever saw a patient, once a pair and from the first encounter on', async ({ assert }) => {
    const first = new Map<string, string>()
    for (const { PATIENT, PROVIDER, START } of await tableOf('encounters.csv')) {
      const pair = `${PATIENT} ${PROVIDER}`
      if (!first.has(pair)) first.set(pair, START!)
    }
    const assignments = await recordsOf(report.run_id, 'assignment', 'doctor_patient')
    assert.equal(assignments.length, first.size)
    assert.isTrue(assignments.every(({ is_open: isOpen }) => Number(isOpen) === 1))
    const moments = assignments.map(({ assigned_at: at }) => `${at.slice(0, 19).replace(' ', 'T')}Z`)
    assert.sameMembers(moments, [...first.values()])
  })

  about('creates nothing the second time', async ({ assert }) => {
    const second = await system.import({ path: SYNTHEA })
    assert.containsSubset(second, {
      created: 0,
      updated: 0,
      merged: 0,
      rejected: 0,
      kept: 0,
      unchanged: 33_378,
      lookup: 173,
    })
  })
})
