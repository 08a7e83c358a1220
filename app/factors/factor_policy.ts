import { BasePolicy } from '@adonisjs/bouncer'
import type { Actor } from '#app/core/actor'

export default class FactorPolicy extends BasePolicy {
  /** Only a session has something to prove, or to look at, of its own. */
  own(user: Actor) {
    return user.signIn !== undefined
  }

  /** A password alone changes no factor of somebody who has one. */
  change(user: Actor) {
    return user.signIn !== undefined && user.signIn.missing !== 'second_factor'
  }
}
