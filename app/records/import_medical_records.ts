import { toSqlInstant } from '#app/core/clock'
import { clinicalImporter } from '#app/imports/clinical_importer'
import MedicalRecord from '#app/records/medical_record'
import { importMedicalRecordValidator } from '#app/records/medical_record_validator'

interface Input {
  type: string
  description: string
  code?: string | null
  code_system?: string | null
  occurred_at?: string | null
  ended_at?: string | null
  status?: string
  content?: object | null
}

export const importMedicalRecords = clinicalImporter({
  entity: 'medical_record',
  table: 'medical_records',
  model: MedicalRecord,
  validator: importMedicalRecordValidator,
  references: {
    patient: { column: 'patient_id', required: true },
    doctor: { column: 'doctor_id', required: false },
    consultation: { column: 'consultation_id', required: false },
  },
  unsaid: (at) => ({ status: 'active', timeline_at: at }),
  columns: (input: Input) => ({
    type: input.type,
    description: input.description,
    code: input.code || null,
    code_system: input.code_system || null,
    content: input.content ? JSON.stringify(input.content) : null,
    occurred_at: input.occurred_at ? toSqlInstant(new Date(input.occurred_at)) : null,
    timeline_at: input.occurred_at ? toSqlInstant(new Date(input.occurred_at)) : null,
    ended_at: input.ended_at ? toSqlInstant(new Date(input.ended_at)) : null,
    status: input.status ?? null,
  }),
})
