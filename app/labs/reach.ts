import type { ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
import { chartAccess, openTo } from '#app/charts/chart_access'
import type { Actor } from '#app/core/actor'
import LabResult from '#app/labs/lab_result'
import type Patient from '#app/patients/patient'

type LabQuery = ModelQueryBuilderContract<typeof LabResult>

export const worksInLab = (user: Actor) => user.can('lab_results.enter') || user.can('lab_results.validate')

/**
 * Leaves what this caller finds by its id: a patient nothing of theirs that is not released, a laboratory nothing that
 * others entered, unless they treat the patient. What everybody else opens is the policy's to say.
 */
export function withinReach(query: LabQuery, user: Actor) {
  const isTheirs = 'exists (select 1 from patients p where p.id = lab_results.patient_id and p.user_id = ?)'
  return query.where((either) => {
    void either.where('lab_results.performed_by', user.id ?? 0).orWhere((other) => {
      void other.where((seen) => {
        void seen.whereIn('lab_results.status', LabResult.RELEASED).orWhereRaw(`not ${isTheirs}`, [user.id ?? 0])
      })
      if (worksInLab(user) && !user.can('charts.view_any'))
        void other.where((open) => {
          void open.whereRaw(isTheirs, [user.id ?? 0])
          void open.orWhere((treated) => void openTo(treated as never, user, 'lab_results.patient_id'))
        })
    })
  })
}

/** The results of one chart that this caller may read: the patient the released ones, a laboratory its own. */
export function readableInChart(query: LabQuery, user: Actor, owner: Patient) {
  void query.where('lab_results.patient_id', owner.id)
  const access = chartAccess(user, owner)
  if (access === null) return query.where('lab_results.performed_by', user.id ?? 0)
  if (access !== 'own') return query
  return query.where((either) => {
    void either.whereIn('lab_results.status', LabResult.RELEASED).orWhere('lab_results.performed_by', user.id ?? 0)
  })
}
