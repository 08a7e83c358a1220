import { BasePolicy } from '@adonisjs/bouncer'
import type { Actor } from '#app/core/actor'

export default class LinkPolicy extends BasePolicy {
  /** Gives codes at the desk, and undoes what a code has done. */
  manage(user: Actor) {
    return user.can('patients.link_account')
  }

  /** Whoever is signed in, staff too: people of the clinic are its patients as well. */
  linkOwn(user: Actor) {
    return user.id !== null && user.signIn !== undefined
  }
}
