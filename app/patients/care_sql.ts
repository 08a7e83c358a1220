import type { Actor } from '#app/core/actor'
import { now, toSqlInstant } from '#app/core/clock'

type Condition = [sql: string, bindings: (string | number)[]]

/** That this user has an open assignment to the patient in `column`. */
export function treatedBy({ id }: Actor, column: string): Condition {
  const sql = `exists (select 1 from doctor_patient dp where dp.patient_id = ${column} and dp.doctor_id = ? and dp.is_open = 1)`
  return [sql, [id ?? 0]]
}

/** That this user has opened the patient's chart in an emergency that is not over. */
export function openedBy({ id }: Actor, column: string): Condition {
  const sql = `exists (select 1 from emergency_accesses ea where ea.patient_id = ${column} and ea.user_id = ? and ea.expires_at > ?)`
  return [sql, [id ?? 0, toSqlInstant(now())]]
}
