#!/usr/bin/env node
/**
 * Writes the export of a clinic's old program, with the faults that such exports have: doctors, patients, visits and
 * analyses as CSV, and flaws.json with how many rows of each fault there are. Everybody in it is invented.
 *
 *   node tools/make_sample.mjs [--seed 20260101] [--out resources/samples/clinique] [--patients 600] [--visits 3000]
 *
 * The same arguments give the same bytes on every machine. Rows are written as they are made: memory stays flat.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { DOCTOR_COLUMNS, PATIENT_COLUMNS, doctorRows, patientAt, patientRows } from './sample/people.mjs'
import { Random } from './sample/random.mjs'
import { Flaws, Table } from './sample/table.mjs'
import { ANALYSIS_COLUMNS, VISIT_COLUMNS, visitAt } from './sample/visits.mjs'

const { seed, out, patients, visits } = readArguments()
const flaws = new Flaws()
mkdirSync(out, { recursive: true })
await writeDoctors()
await writePatients()
await writeVisits()
writeFileSync(join(out, 'flaws.json'), JSON.stringify(flaws, null, 2) + '\n')

function readArguments() {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '20260101' },
      out: { type: 'string', default: fileURLToPath(new URL('../resources/samples/clinique', import.meta.url)) },
      patients: { type: 'string', default: '600' },
      visits: { type: 'string', default: '3000' },
    },
  })
  return {
    seed: values.seed,
    out: values.out,
    patients: wholeNumber(values.patients, 1),
    visits: wholeNumber(values.visits, 0),
  }
}

function wholeNumber(text, least) {
  const number = Number(text)
  if (Number.isInteger(number) && number >= least && number <= 9_000_000) return number
  console.error(`make_sample: ${text} is not a whole number from ${least} to 9000000`)
  process.exit(2)
}

async function writeDoctors() {
  const table = new Table(join(out, 'medecins.csv'), DOCTOR_COLUMNS, 'doctors_latin1', flaws)
  const chance = new Random(seed, 'doctor rows')
  for (const row of doctorRows(seed)) await table.add(row, chance)
  await table.close()
}

async function writePatients() {
  const table = new Table(join(out, 'patients.csv'), PATIENT_COLUMNS, 'patients_latin1', flaws)
  const chance = new Random(seed, 'patient rows')
  for (let index = 0; index < patients; index++) {
    const patient = patientAt(seed, index)
    flaws.count(patient.flaw)
    for (const row of patientRows(patient, chance)) await table.add(row, chance)
  }
  await table.close()
}

async function writeVisits() {
  const visitTable = new Table(join(out, 'visites.csv'), VISIT_COLUMNS, 'visits_latin1', flaws)
  const analysisTable = new Table(join(out, 'analyses.csv'), ANALYSIS_COLUMNS, 'analyses_latin1', flaws)
  const chance = new Random(seed, 'visit rows')
  let analyses = 0
  for (let index = 0; index < visits; index++) {
    const visit = visitAt(seed, index, visits, patients)
    flaws.count(visit.flaw)
    await visitTable.add(visit.row, chance, visit.flaw)
    for (const row of visit.analyses)
      await analysisTable.add([`A${String(++analyses).padStart(8, '0')}`, ...row], chance)
  }
  await visitTable.close()
  await analysisTable.close()
}
