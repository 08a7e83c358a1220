import { BasePolicy } from '@adonisjs/bouncer'
import type { Actor } from '#app/core/actor'

export default class DevicePolicy extends BasePolicy {
  /** Neither a token nor a device makes devices: they could outlive their own end. */
  own(user: Actor) {
    return user.signIn !== undefined
  }

  /** Sees and ends the devices of others. */
  manage(user: Actor) {
    return user.can('users.manage')
  }
}
