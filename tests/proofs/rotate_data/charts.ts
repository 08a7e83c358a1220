import db from '@adonisjs/lucid/services/db'
import type { Caller } from '#app/core/caller'
import { now, toSqlInstant } from '#app/core/clock'
import { newUuid } from '#app/core/ids'
import { insertRows } from '#app/core/insert_rows'
import { activeDataKeys } from '#app/keys/data_keys'
import { sealColumns } from '#app/keys/seal_columns'
import type Patient from '#app/patients/patient'
import { registerPatient } from '#app/patients/register_patient'
import { grant } from '#app/users/change_grants'
import { withGrants } from '#app/users/grants'
import { callerOf, someone } from '#tests/acting'
import { aPatient } from '#tests/functional/patients/some_patient'

/** What was written last, and acknowledged, in one sealed column. */
export interface Written {
  uuid: string
  version: number
  text: string
}

export interface Chart {
  uuid: string
  address: Written
  notes: Written[]
}

const TOGETHER = 8
export const ROWS = 10

/** A doctor who may do all that the writers do. */
export async function aWriter(): Promise<Caller> {
  const doctor = await someone('doctor')
  for (const permission of ['patients.register', 'patients.correct_any'])
    await grant(callerOf(), { user: doctor.uuid, permission })
  return callerOf(await withGrants(doctor, db.connection()))
}

/** So many charts of ten sealed rows each, in the order of their uuids. */
export async function makeCharts(count: number, writer: Caller): Promise<Chart[]> {
  const charts: Chart[] = []
  while (charts.length < count) {
    const together = Math.min(TOGETHER, count - charts.length)
    const made = await Promise.all(Array.from({ length: together }, () => makeChart(writer)))
    charts.push(...made)
  }
  return charts.sort((one, other) => (one.uuid < other.uuid ? -1 : 1))
}

async function makeChart(writer: Caller): Promise<Chart> {
  const text = newUuid()
  const patient: Patient = await registerPatient(writer, aPatient({ address: text, phone: '+221771112233' }))
  const { uuid, id } = patient
  const notes = Array.from({ length: ROWS - 1 }, () => ({ uuid: newUuid(), version: 1, text: newUuid() }))
  const key = (await activeDataKeys([uuid], db.connection())).get(uuid)!
  const at = toSqlInstant(now())
  const rest = { patient_id: id, type: 'note', status: 'active', timeline_at: at, created_at: at, updated_at: at }
  const rows = notes.map((note) => ({
    ...{ uuid: note.uuid, version: 1, ...rest },
    ...sealColumns('medical_records', note.uuid, { description: note.text }, key),
  }))
  await insertRows(db.connection(), 'medical_records', rows)
  return { uuid, address: { uuid, version: 1, text }, notes }
}
