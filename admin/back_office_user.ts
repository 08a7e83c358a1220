import type { Actor } from '#app/core/actor'
import type { Caller } from '#app/core/caller'
import { PAGES } from '#admin/pages'

/** The signed-in person as AdminJS passes them around. Its page holds what `toJSON` says and nothing else. */
export class BackOfficeUser {
  readonly #caller: Caller

  constructor(
    caller: Caller,
    readonly language: 'fr' | 'en',
    private readonly shown: { name: string; email: string | null }
  ) {
    this.#caller = caller
  }

  get caller(): Caller {
    return this.#caller
  }

  get actor(): Actor {
    return this.#caller.user
  }

  toJSON() {
    const seen = PAGES.filter(({ permission }) => this.actor.can(permission))
    return {
      id: this.actor.uuid,
      title: this.shown.email ?? '',
      email: this.shown.name,
      language: this.language,
      pages: seen.map(({ id, group, icon }) => ({ id, group, icon })),
    }
  }
}

/** Errors: whoever calls a resource without a person is a bug. */
export function callerIn(context: { currentAdmin?: unknown } | undefined): Caller {
  const user = context?.currentAdmin
  if (!(user instanceof BackOfficeUser)) throw new Error('The back office was called by nobody')
  return user.caller
}
