import { BasePolicy } from '@adonisjs/bouncer'
import { chartAccess, mayWrite } from '#app/charts/chart_access'
import type { InChart } from '#app/charts/find_in_chart'
import type { Actor } from '#app/core/actor'

export default class PrescriptionPolicy extends BasePolicy {
  view(user: Actor, { owner }: InChart) {
    return chartAccess(user, owner) !== null
  }

  prescribe(user: Actor, { owner }: InChart) {
    return mayWrite(user, owner, 'prescriptions.prescribe')
  }
}
