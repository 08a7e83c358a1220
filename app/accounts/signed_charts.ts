import type { QueryClientContract } from '@adonisjs/lucid/types/database'

/** Where a chart says who treated, wrote, decided or looked. */
const SIGNED: [table: string, column: string][] = [
  ['doctor_patient', 'doctor_id'],
  ['consultations', 'doctor_id'],
  ['consultations', 'cancelled_by'],
  ['prescriptions', 'stopped_by'],
  ['medical_records', 'doctor_id'],
  ['lab_results', 'performed_by'],
  ['lab_results', 'validated_by'],
  ['addenda', 'author_id'],
  ['emergency_accesses', 'user_id'],
  ['alerts', 'reviewed_by'],
]

/** Whether some chart would lose the name of whoever signed it, whatever they may do today. */
export async function hasSignedInCharts(userId: number, client: QueryClientContract): Promise<boolean> {
  for (const [table, column] of SIGNED)
    if (await client.from(table).where(column, userId).select(column).first()) return true
  return false
}
