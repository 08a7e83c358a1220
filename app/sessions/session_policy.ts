import { BasePolicy } from '@adonisjs/bouncer'
import type { Actor } from '#app/core/actor'

export default class SessionPolicy extends BasePolicy {
  /** Whoever signs in is nobody yet; the proof is the use-case's own matter. */
  begin(_nobody: Actor) {
    return true
  }

  /** Sees and ends the sessions of others. */
  manage(user: Actor) {
    return user.can('users.manage')
  }

  /** Only a session has something to look at, prove or end of its own. */
  own(user: Actor) {
    return user.signIn !== undefined
  }
}
