/**
 * Every column that is ciphertext, by table: the models, the generated schema, the import and the tests read this one
 * list. `padded` marks short enumerations, whose length would tell the value.
 */
export const ENCRYPTED_COLUMNS = {
  patients: { national_id: {}, phone: {}, email: {}, address: {} },
  consultations: {
    reason: {},
    diagnosis: {},
    diagnosis_code: { padded: true },
    diagnosis_code_system: { padded: true },
    notes: {},
    cancel_reason: {},
  },
  prescriptions: {
    medicine: {},
    code: { padded: true },
    code_system: { padded: true },
    dosage: {},
    route: { padded: true },
    duration: {},
    notes: {},
    override_reason: {},
  },
  medical_records: { description: {}, code: { padded: true }, code_system: { padded: true }, content: {} },
  lab_results: {
    test_name: {},
    result: {},
    code: { padded: true },
    code_system: { padded: true },
    value: {},
    unit: { padded: true },
    reference_range: {},
    flag: { padded: true },
  },
  addenda: { text: {} },
  emergency_accesses: { reason: {} },
  totp_secrets: { secret: {} },
} as const satisfies Record<string, Record<string, { padded?: boolean }>>

export type EncryptedTable = keyof typeof ENCRYPTED_COLUMNS

export function isPadded(table: string, column: string): boolean {
  const columns: Record<string, { padded?: boolean }> | undefined = ENCRYPTED_COLUMNS[table as EncryptedTable]
  return columns?.[column]?.padded ?? false
}
