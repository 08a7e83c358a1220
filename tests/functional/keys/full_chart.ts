import db from '@adonisjs/lucid/services/db'
import { breakGlass } from '#app/alerts/break_glass'
import { ADDENDA } from '#app/charts/addenda_of_records'
import { correctConsultation } from '#app/consultations/correct_consultation'
import { selectRows } from '#app/core/insert_rows'
import { correctPatient } from '#app/patients/correct_patient'
import type Patient from '#app/patients/patient'
import { SEALED_TABLES } from '#app/rotations/sealed_tables'
import { callerOf, someone } from '#tests/acting'
import { patientOf, someConsultation } from '#tests/functional/charts/some_chart'
import { schemaFacts } from '#tests/functional/database/schema_facts'
import { someResult } from '#tests/functional/labs/some_result'
import { someDigits } from '#tests/functional/patients/some_patient'
import { somePrescription } from '#tests/functional/prescriptions/some_prescription'
import { anAllergy, someRecord } from '#tests/functional/records/some_record'

/** A patient with something sealed in each table that holds what is a patient's. */
export async function fullChart(): Promise<Patient> {
  const [doctor, lab, stranger] = [await someone('doctor'), await someone('lab'), await someone('doctor')]
  const patient = await patientOf(doctor)
  const { uuid } = patient
  const contact = { phone: `+22177${someDigits().slice(-7)}`, address: '4 rue Vincens', national_id: someDigits() }
  await correctPatient(callerOf(), { id: uuid, version: patient.version, ...contact })
  await correctPatient(callerOf(), { id: uuid, version: patient.version + 1, email: 'a@example.org', address: '9 rue' })
  const visit = await someConsultation(doctor, patient, { diagnosis: 'Paludisme', notes: 'Frissons' })
  await correctConsultation(callerOf(doctor), { id: visit.uuid, version: 1, diagnosis: 'Paludisme simple' })
  await somePrescription(doctor, visit)
  await someRecord(doctor, anAllergy(patient))
  await someResult(lab, patient)
  await ADDENDA.consultations.add(callerOf(doctor), { record_id: visit.uuid, text: 'Revue' })
  await breakGlass(callerOf(stranger), { patient_id: uuid, reason: 'Inconsciente' })
  return patient
}

/** Each row of a subject, by table, as the database keeps it. */
export async function storedRowsOf(uuid: string): Promise<Map<string, Record<string, any>[]>> {
  const stored = new Map<string, Record<string, any>[]>()
  for (const { table, from, subject } of SEALED_TABLES) {
    const sql = `select t.* from ${from} where ${subject} = ? order by t.id`
    stored.set(table, await selectRows<Record<string, any>>(db.connection(), sql, [uuid]))
  }
  return stored
}

/** `table.column` of everything in the database that this key has sealed, whatever our own lists say. */
export async function placesSealedBy(keyId: Buffer): Promise<string[]> {
  const found: string[] = []
  for (const [table, { columns }] of Object.entries(await schemaFacts()))
    for (const { name, type } of columns.filter((column) => /blob|binary/i.test(column.type))) {
      const header = `E101${keyId.toString('hex').toUpperCase()}`
      const sql = `select count(*) as n from ${table} where substr(hex(${name}), 1, 20) = ?`
      const [row] = await selectRows<{ n: number }>(db.connection(), sql, [header])
      if (Number(row!.n)) found.push(`${table}.${name} ${type}`.split(' ')[0]!)
    }
  return found
}

export async function keysOf(uuid: string): Promise<{ id: Buffer; generation: number; state: string }[]> {
  const rows = await db.from('data_keys').where('subject_uuid', uuid).orderBy('generation')
  return rows.map(({ id, generation, state }) => ({ id, generation: Number(generation), state }))
}
