import { randomUUID } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import { OPERATOR, type Actor } from '#app/core/actor'
import type { Caller } from '#app/core/caller'
import { createUser } from '#app/users/create_user'
import { withGrants } from '#app/users/grants'
import { makeToken } from '#app/users/make_token'
import type User from '#app/users/user'

/** A caller at the machine, or whoever is given. */
export function callerOf(user: Actor = OPERATOR): Caller {
  return { user, via: 'cli', requestId: randomUUID(), ip: null, userAgent: null }
}

let made = 0

/** A new user with these roles, as the database grants them. */
export async function someone(...roles: string[]): Promise<User> {
  const user = await createUser(callerOf(), {
    name: `Test ${++made}`,
    email: `test-${randomUUID()}@example.org`,
    roles,
  })
  return withGrants(user, db.connection())
}

/** A bearer token of this user, as the command line would make it. */
export async function tokenOf(user: User, abilities = ['*']): Promise<string> {
  const { value } = await makeToken(callerOf(), { user: user.uuid, abilities, expires_in: 3600 })
  return value
}
