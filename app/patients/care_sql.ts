import type { Actor } from '#app/core/actor'
import { now, toSqlInstant } from '#app/core/clock'
import { KEPT_DAYS } from '#app/sync/protocol'

type Condition = [sql: string, bindings: (string | number)[]]

/** That this user has an open assignment to the patient in `column`. */
export function treatedBy({ id }: Actor, column: string): Condition {
  const sql = `exists (select 1 from doctor_patient dp where dp.patient_id = ${column} and dp.doctor_id = ? and dp.is_open = 1)`
  return [sql, [id ?? 0]]
}

/** That this user treated the patient in `column` until lately. */
export function treatedLatelyBy({ id }: Actor, column: string): Condition {
  const sql = `exists (select 1 from doctor_patient dp where dp.patient_id = ${column} and dp.doctor_id = ? and dp.is_open is null and dp.ended_at > ?)`
  return [sql, [id ?? 0, toSqlInstant(new Date(now().getTime() - KEPT_DAYS.late * 86_400_000))]]
}

/** That this user has opened the patient's chart in an emergency that is not over. */
export function openedBy({ id }: Actor, column: string): Condition {
  const sql = `exists (select 1 from emergency_accesses ea where ea.patient_id = ${column} and ea.user_id = ? and ea.expires_at > ?)`
  return [sql, [id ?? 0, toSqlInstant(now())]]
}

/** Whose record belongs to this user's account, as `Patient.isOwnChartOf` says of one. */
export function ownedBy({ id, isNarrowed }: Actor): Condition {
  return ['select own.id as patient_id from patients own where own.user_id = ?', [isNarrowed ? 0 : (id ?? 0)]]
}

/**
 * All whom this clinician may open. They are a few hundred of perhaps a million, so that a list begins with them: asked
 * of each patient in turn, the three questions would read the whole register for somebody who treats nobody.
 */
export function openPatientsOf(user: Actor): Condition {
  const [own, byUser] = ownedBy(user)
  const treated = 'select dp.patient_id from doctor_patient dp where dp.doctor_id = ? and dp.is_open = 1'
  const opened = 'select ea.patient_id from emergency_accesses ea where ea.user_id = ? and ea.expires_at > ?'
  return [`${own} union ${treated} union ${opened}`, [...byUser, user.id ?? 0, user.id ?? 0, toSqlInstant(now())]]
}
