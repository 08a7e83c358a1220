import { BasePolicy } from '@adonisjs/bouncer'
import { OPERATOR, type Actor } from '#app/core/actor'

export default class FactorPolicy extends BasePolicy {
  /** Only a session has something to prove, or to look at, of its own. */
  own(user: Actor) {
    return user.signIn !== undefined
  }

  /** Whoever shows a secret to somebody has seen it: nobody but who holds the keys anyway. */
  enrolOthers(user: Actor) {
    return user === OPERATOR
  }

  /** A password alone changes no factor of somebody who has one. */
  change(user: Actor) {
    return user.signIn !== undefined && user.signIn.missing !== 'second_factor'
  }
}
