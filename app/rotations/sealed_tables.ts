import type { KeySubjectType } from '#app/core/clinical_row'
import { ENCRYPTED_COLUMNS, type EncryptedTable } from '#app/keys/encrypted_columns'

/** A table whose rows are sealed under data keys, and how it is known whose. */
export interface SealedTable {
  table: string
  columns: string[]
  subjectType: KeySubjectType
  /** SQL: `t` is the table, and `subject` the uuid of whoever has the key. */
  from: string
  subject: string
}

/** A table that is new in the list of encrypted columns does not compile until it is said here whose its rows are. */
const OWNERS: Record<EncryptedTable, { type: KeySubjectType; column: string }> = {
  patients: { type: 'patient', column: 'id' },
  consultations: { type: 'patient', column: 'patient_id' },
  prescriptions: { type: 'patient', column: 'patient_id' },
  medical_records: { type: 'patient', column: 'patient_id' },
  lab_results: { type: 'patient', column: 'patient_id' },
  addenda: { type: 'patient', column: 'patient_id' },
  emergency_accesses: { type: 'patient', column: 'patient_id' },
  totp_secrets: { type: 'user', column: 'user_id' },
}

const OF_COLUMNS = Object.entries(OWNERS).map(([table, { type, column }]): SealedTable => ({
  table,
  columns: Object.keys(ENCRYPTED_COLUMNS[table as EncryptedTable]),
  subjectType: type,
  from: `${table} t join ${type}s s on s.id = t.${column}`,
  subject: 's.uuid',
}))

/** Everything that is sealed under data keys. */
export const SEALED_TABLES: SealedTable[] = [
  ...OF_COLUMNS,
  {
    table: 'record_versions',
    columns: ['body'],
    subjectType: 'patient',
    from: 'record_versions t',
    subject: 't.patient_uuid',
  },
]
