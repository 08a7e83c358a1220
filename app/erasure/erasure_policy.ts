import { BasePolicy } from '@adonisjs/bouncer'
import type { Actor } from '#app/core/actor'

export default class ErasurePolicy extends BasePolicy {
  /** Somebody with a name: whoever is at the machine could be anybody, and two of them the same person. */
  decide(user: Actor) {
    return user.uuid !== null && user.can('patients.erase')
  }

  view(user: Actor) {
    return user.can('patients.erase')
  }
}
