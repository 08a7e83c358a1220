import { BasePolicy } from '@adonisjs/bouncer'
import type { Actor } from '#app/core/actor'

/** For those who run the installation: what a job may do was decided when it was asked for. */
export default class JobPolicy extends BasePolicy {
  view(user: Actor) {
    return user.can('settings.manage')
  }

  retry(user: Actor) {
    return user.can('settings.manage')
  }
}
