import { BasePolicy } from '@adonisjs/bouncer'
import type EmergencyAccess from '#app/alerts/emergency_access'
import type { Actor } from '#app/core/actor'

export default class AlertPolicy extends BasePolicy {
  review(user: Actor) {
    return user.can('alerts.review')
  }

  breakGlass(user: Actor) {
    return user.id !== null && user.can('charts.break_glass')
  }

  view(user: Actor, access: EmergencyAccess) {
    return access.userId === user.id || this.review(user)
  }
}
