import { BasePolicy } from '@adonisjs/bouncer'
import type { Actor } from '#app/core/actor'

export default class UserPolicy extends BasePolicy {
  viewAny(user: Actor) {
    return user.can('users.view')
  }

  viewSelf(user: Actor, { id }: { id: number }) {
    return user.id === id
  }

  manage(user: Actor) {
    return user.can('users.manage')
  }

  /** Who makes a user with a role gives that role: without this, managing users would be a way to every permission. */
  create(user: Actor, _nobody: null, { roles }: { roles?: string[] }) {
    return this.manage(user) && (!roles?.length || this.manageRoles(user))
  }

  /** Whoever lets somebody in again gives them their roles back. */
  reinstate(user: Actor, { roles }: { roles: unknown[] }) {
    return this.manage(user) && (!roles.length || this.manageRoles(user))
  }

  manageRoles(user: Actor) {
    return user.can('roles.manage')
  }

  /** A token that made others, or ended them, could outlive its own end. */
  haveTokens(user: Actor) {
    return user.signIn !== undefined
  }

  /** A token acts as its owner: whoever manages users makes one for another, everyone else only for themself. */
  makeToken(user: Actor, owner: { id: number }) {
    return user.id === owner.id || user.can('users.manage')
  }
}
