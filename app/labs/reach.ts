import type { ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
import { chartAccess, openTo } from '#app/charts/chart_access'
import type { Actor } from '#app/core/actor'
import LabResult from '#app/labs/lab_result'
import type Patient from '#app/patients/patient'

type LabQuery = ModelQueryBuilderContract<typeof LabResult>

export const worksInLab = (user: Actor) => user.can('lab_results.enter') || user.can('lab_results.validate')

/** Leaves out what is the caller's own and not released, except what they entered themselves. */
export function hideUnreleasedOwn(query: LabQuery, { id }: Actor) {
  return query.where((either) => {
    void either.whereIn('lab_results.status', LabResult.RELEASED).orWhere('lab_results.performed_by', id ?? 0)
    void either.orWhereRaw(`not ${IS_THEIRS}`, [id ?? 0])
  })
}

const IS_THEIRS = 'exists (select 1 from patients p where p.id = lab_results.patient_id and p.user_id = ?)'

/**
 * Leaves what this caller finds by its id: a patient nothing of theirs that is not released, a laboratory nothing that
 * others entered, unless they treat the patient. What everybody else opens is the policy's to say.
 */
export function withinReach(query: LabQuery, user: Actor) {
  void hideUnreleasedOwn(query, user)
  if (!worksInLab(user) || user.can('charts.view_any')) return query
  return query.where((either) => {
    void either.where('lab_results.performed_by', user.id ?? 0).orWhereRaw(IS_THEIRS, [user.id ?? 0])
    if (user.can('charts.view'))
      void either.orWhere((treated) => void openTo(treated as never, user, 'lab_results.patient_id'))
  })
}

/** The results of one chart that this caller may read: the patient the released ones, a laboratory its own. */
export function readableInChart(query: LabQuery, user: Actor, owner: Patient) {
  void query.where('lab_results.patient_id', owner.id)
  if (chartAccess(user, owner) === null) return query.where('lab_results.performed_by', user.id ?? 0)
  return owner.belongsTo(user) ? hideUnreleasedOwn(query, user) : query
}
