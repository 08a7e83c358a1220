import { BasePolicy } from '@adonisjs/bouncer'
import type { Actor } from '#app/core/actor'

export default class KeyPolicy extends BasePolicy {
  view(user: Actor) {
    return user.can('keys.manage')
  }

  /** To begin a rotation. Nobody is shown a key by it. */
  rotate(user: Actor) {
    return user.can('keys.manage')
  }
}
