import { BasePolicy } from '@adonisjs/bouncer'
import { chartAccess, mayWrite } from '#app/charts/chart_access'
import type { InChart } from '#app/charts/find_in_chart'
import type { Actor } from '#app/core/actor'
import type LabResult from '#app/labs/lab_result'
import { worksInLab } from '#app/labs/reach'

type ResultInChart = LabResult & InChart

export default class LabResultPolicy extends BasePolicy {
  /** For any patient: samples of everybody come to the laboratory. Whoever runs the command line has no name to sign with. */
  enter(user: Actor) {
    return user.id !== null && user.can('lab_results.enter')
  }

  amend(user: Actor, result: ResultInChart) {
    return this.#mayChange(user, result, 'lab_results.enter')
  }

  validate(user: Actor, result: ResultInChart) {
    return this.#mayChange(user, result, 'lab_results.validate')
  }

  view(user: Actor, result: ResultInChart) {
    return chartAccess(user, result.owner) !== null || (worksInLab(user) && result.isEnteredBy(user))
  }

  /** A laboratory finds only what it entered there: the list's query decides. */
  viewChart(user: Actor, { owner }: InChart) {
    return chartAccess(user, owner) !== null || worksInLab(user)
  }

  /** One's own results; anybody's for whoever reads every chart. The list's query decides what is in it. */
  viewAny(user: Actor) {
    return worksInLab(user) || user.can('charts.view_any')
  }

  #mayChange(user: Actor, result: ResultInChart, permission: string) {
    return (user.can(permission) && result.isEnteredBy(user)) || mayWrite(user, result.owner, permission)
  }
}
