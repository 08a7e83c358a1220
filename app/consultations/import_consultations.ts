import { toSqlInstant } from '#app/core/clock'
import Consultation from '#app/consultations/consultation'
import { importConsultationValidator } from '#app/consultations/consultation_validator'
import { clinicalImporter } from '#app/imports/clinical_importer'

interface Input {
  date: string
  reason?: string | null
  diagnosis?: string | null
  diagnosis_code?: string | null
  diagnosis_code_system?: string | null
  notes?: string | null
  status?: string
  follow_up_on?: string | null
}

export const importConsultations = clinicalImporter({
  entity: 'consultation',
  table: 'consultations',
  model: Consultation,
  validator: importConsultationValidator,
  references: {
    patient: { column: 'patient_id', required: true },
    doctor: { column: 'doctor_id', required: false },
  },
  unsaid: () => ({ status: 'finished' }),
  columns: (input: Input) => ({
    date: toSqlInstant(new Date(input.date)),
    reason: input.reason || null,
    diagnosis: input.diagnosis || null,
    diagnosis_code: input.diagnosis_code || null,
    diagnosis_code_system: input.diagnosis_code_system || null,
    notes: input.notes || null,
    status: input.status ?? null,
    follow_up_on: input.follow_up_on || null,
  }),
})
