import { BasePolicy } from '@adonisjs/bouncer'
import type { Actor } from '#app/core/actor'
import type Patient from '#app/patients/patient'

export default class AuditPolicy extends BasePolicy {
  view(user: Actor) {
    return user.can('audit.view')
  }

  /** To seal and to verify it, and to bring checkpoints elsewhere. */
  prove(user: Actor) {
    return user.can('audit.view')
  }

  /** To take it away, in whole or in part. */
  export(user: Actor) {
    return user.can('audit.export')
  }

  /** Who opened a chart is told to the patient whose it is. */
  viewAccesses(user: Actor, { owner }: { owner: Patient }) {
    return owner.isOwnChartOf(user) || this.view(user)
  }
}
