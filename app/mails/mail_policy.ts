import { BasePolicy } from '@adonisjs/bouncer'
import type { Actor } from '#app/core/actor'

export default class MailPolicy extends BasePolicy {
  /** A mail may hold a link that opens somebody's account: for whoever could read the file anyway. */
  read({ roleNames }: Actor) {
    return roleNames.includes('operator')
  }
}
