import { BasePolicy } from '@adonisjs/bouncer'
import type { Actor } from '#app/core/actor'

export default class ImportPolicy extends BasePolicy {
  run(user: Actor) {
    return user.can('imports.run')
  }
}
