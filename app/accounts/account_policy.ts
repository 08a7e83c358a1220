import { BasePolicy } from '@adonisjs/bouncer'
import type { Actor } from '#app/core/actor'

export default class AccountPolicy extends BasePolicy {
  /** Whoever asks for a mail is nobody yet, and whoever follows its link proves by that link who they are. */
  anybody(_nobody: Actor) {
    return true
  }

  /** Only by a session: a token acts for its owner and never on their account. */
  own(user: Actor, { id }: { id: number }) {
    return user.signIn !== undefined && user.id === id
  }
}
