import { BasePolicy } from '@adonisjs/bouncer'
import type { Actor } from '#app/core/actor'
import { chartAccess, mayWrite } from '#app/charts/chart_access'
import type { InChart } from '#app/charts/find_in_chart'

/** What only somebody who may diagnose writes: a nurse's consultation leaves it open. */
const DIAGNOSIS = ['diagnosis', 'diagnosis_code', 'diagnosis_code_system']

export default class ConsultationPolicy extends BasePolicy {
  view(user: Actor, { owner }: InChart) {
    return chartAccess(user, owner) !== null
  }

  /** One's own consultations; anybody's for whoever reads every chart. The list's query decides what is in it. */
  viewAny(user: Actor) {
    return user.can('charts.view_any') || (user.can('consultations.record') && user.can('charts.view'))
  }

  write(user: Actor, { owner }: InChart, input: object) {
    const diagnoses = DIAGNOSIS.some((field) => field in input)
    if (diagnoses && !user.can('consultations.diagnose')) return false
    return mayWrite(user, owner, 'consultations.record')
  }
}
