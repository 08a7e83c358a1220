import { BasePolicy } from '@adonisjs/bouncer'
import type { Actor } from '#app/core/actor'

export default class OverviewPolicy extends BasePolicy {
  /** Each part of it is told to whoever may open what it counts. */
  view(user: Actor) {
    return user.can('back_office.enter')
  }
}
