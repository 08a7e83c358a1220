import { toSqlInstant } from '#app/core/clock'
import Prescription from '#app/consultations/prescription'
import { prescribeValidator } from '#app/consultations/consultation_validator'
import { clinicalImporter } from '#app/imports/clinical_importer'

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

export const importPrescriptions = clinicalImporter({
  entity: 'prescription',
  table: 'prescriptions',
  model: Prescription,
  validator: prescribeValidator,
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
