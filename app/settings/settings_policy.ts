import { BasePolicy } from '@adonisjs/bouncer'
import type { Actor } from '#app/core/actor'

export default class SettingsPolicy extends BasePolicy {
  manage(user: Actor) {
    return user.can('settings.manage')
  }
}
