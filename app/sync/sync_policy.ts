import { BasePolicy } from '@adonisjs/bouncer'
import type { Actor } from '#app/core/actor'

export default class SyncPolicy extends BasePolicy {
  /** Whoever has an account may ask; `grantedScopes` decides whose charts are in the answer. */
  pull(user: Actor) {
    return user.uuid !== null
  }
}
