import { selectRows } from '#app/core/insert_rows'
import { toSqlInstant } from '#app/core/clock'
import Prescription from '#app/prescriptions/prescription'
import { importPrescriptionValidator } from '#app/prescriptions/prescription_validator'
import { clinicalImporter, foreignKeys } from '#app/imports/clinical_importer'
import type { BatchScope, EntityImporter, ImportRecord } from '#app/imports/entity_importer'

interface Input {
  medicine: string
  code?: string | null
  code_system?: string | null
  dosage?: string | null
  route?: string | null
  duration?: string | null
  notes?: string | null
  status?: string
  prescribed_at?: string | null
  stopped_at?: string | null
}

const importer = clinicalImporter({
  entity: 'prescription',
  table: 'prescriptions',
  model: Prescription,
  validator: importPrescriptionValidator,
  references: { consultation: { column: 'consultation_id', required: true } },
  unsaid: (at) => ({ status: 'active', prescribed_at: at }),
  columns: (input: Input) => ({
    medicine: input.medicine,
    code: input.code || null,
    code_system: input.code_system || null,
    dosage: input.dosage || null,
    route: input.route || null,
    duration: input.duration || null,
    notes: input.notes || null,
    status: input.status ?? null,
    prescribed_at: input.prescribed_at ? toSqlInstant(new Date(input.prescribed_at)) : null,
    stopped_at: input.stopped_at ? toSqlInstant(new Date(input.stopped_at)) : null,
  }),
})

export const importPrescriptions: EntityImporter = {
  ...importer,
  async insert(records, scope) {
    await namePatients(records, scope)
    await importer.insert(records, scope)
  },
  async update(record, known, scope) {
    await namePatients([record], scope)
    return importer.update(record, known, scope)
  },
}

/** A prescription hangs on its consultation and stands in the chart of that one's patient. */
async function namePatients(records: ImportRecord[], { trx }: BatchScope) {
  const consultationOf = (record: ImportRecord) => Number(foreignKeys(record, importer.references).consultation_id)
  const ids = [...new Set(records.map(consultationOf))]
  const marks = ids.map(() => '?').join(',')
  const sql = `select id, patient_id from consultations where id in (${marks})`
  const rows = await selectRows<{ id: number; patient_id: number }>(trx, sql, ids)
  const patients = new Map(rows.map(({ id, patient_id }) => [Number(id), Number(patient_id)]))
  for (const record of records) record.columns.patient_id = patients.get(consultationOf(record)) ?? null
}
