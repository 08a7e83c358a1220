import vine from '@vinejs/vine'
import { toSqlInstant } from '#app/core/clock'
import { moment } from '#app/core/rules'
import { selectRows } from '#app/core/insert_rows'
import { foreignKeys, insertClinical } from '#app/imports/clinical_importer'
import {
  isRecord,
  standsFor,
  type BatchScope,
  type EntityImporter,
  type ImportRecord,
} from '#app/imports/entity_importer'

const references = {
  doctor: { column: 'doctor_id', required: true },
  patient: { column: 'patient_id', required: true },
}

/** Who treats whom, as the source's encounters show it; the first encounter of a pair opens the assignment. */
export const importAssignments: EntityImporter = {
  entity: 'assignment',
  table: 'doctor_patient',
  validator: vine.create({ assigned_at: moment().nullable().optional() }),
  references,
  columns: (input: { assigned_at?: string | null }, { at }) => ({
    assigned_at: input.assigned_at ? toSqlInstant(new Date(input.assigned_at)) : at,
    is_open: 1,
  }),
  examine: adoptOpenPairs,
  insert: (records, scope) =>
    insertClinical('doctor_patient', records, (record) => foreignKeys(record, references), scope),
  // Made once: a later encounter of the pair says nothing new.
  update: async (_record, known) => known.version,
}

interface OpenPair {
  id: number
  uuid: string
  version: number
  doctor_id: number
  patient_id: number
}

async function adoptOpenPairs(records: ImportRecord[], _updates: ImportRecord[], { trx }: BatchScope) {
  const known = (record: ImportRecord, name: string) => {
    const target = record.targets[name]!
    return isRecord(target) ? standsFor(target) : target
  }
  const patients = [...new Set(records.map((record) => known(record, 'patient').id).filter((id) => id !== undefined))]
  const rows = patients.length
    ? await selectRows<OpenPair>(
        trx,
        `select id, uuid, version, doctor_id, patient_id from doctor_patient where is_open = 1 and patient_id in (${patients.map(() => '?').join(',')})`,
        patients
      )
    : []
  const open = new Map(rows.map((row) => [`${row.doctor_id}|${row.patient_id}`, row]))
  const first = new Map<string, ImportRecord>()
  for (const record of records) {
    const [doctor, patient] = [known(record, 'doctor'), known(record, 'patient')]
    const pair = open.get(`${doctor.id}|${patient.id}`)
    const name = `${doctor.uuid}|${patient.uuid}`
    const earlier = first.get(name)
    if (pair)
      record.adopted = { id: Number(pair.id), uuid: pair.uuid, patientUuid: patient.uuid, version: pair.version }
    else if (earlier) record.adopted = standsFor(earlier)
    else first.set(name, record)
  }
  return new Map()
}
