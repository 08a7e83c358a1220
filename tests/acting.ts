import { randomUUID } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import { OPERATOR, type Actor } from '#app/core/actor'
import type { Caller } from '#app/core/caller'
import { now, toSqlInstant } from '#app/core/clock'
import { createUser } from '#app/users/create_user'
import { withGrants } from '#app/users/grants'
import { beginSession } from '#app/sessions/begin_session'
import { csrfTokenOf } from '#app/sessions/session_value'
import { hashOfCredential, newCredential } from '#app/sync/device'
import { makeToken } from '#app/tokens/make_token'
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

/** The headers of a browser in which this user has signed in just now, with a second factor unless it is said. */
export async function sessionOf(user: User, { withFactor = true } = {}): Promise<Record<string, string>> {
  const { sign_in_epoch: signInEpoch } = await db.from('users').where('id', user.id).firstOrFail()
  const { value } = await beginSession(
    { user: { id: user.id, signInEpoch }, withFactor },
    callerOf(user),
    db.connection()
  )
  return browserWith(value)
}

/** The headers of a browser that has this session, and of a page that knows its CSRF token. */
export function browserWith(value: string): Record<string, string> {
  return { 'cookie': `medinfo_dev=${value}`, 'x-csrf-token': csrfTokenOf(value), 'sec-fetch-site': 'same-origin' }
}

/** Gives this device into somebody's hands, who gets its new credential. Makes one where there is none. */
export async function handDevice(uuid: string, { id }: { id: number }): Promise<string> {
  const { sign_in_epoch } = await db.from('users').where('id', id).firstOrFail()
  const credential = newCredential()
  const [at, until] = [now(), new Date(now().getTime() + 30 * 86_400_000)].map(toSqlInstant)
  const handed = { user_id: id, sign_in_epoch, credential_hash: hashOfCredential(credential), updated_at: at }
  const isThere = await db.from('sync_devices').where({ uuid }).update(handed)
  const added = { ...handed, uuid, name: 'Test', credential_expires_at: until, created_at: at }
  if (!Number(isThere)) await db.table('sync_devices').insert(added)
  return credential
}

/** A bearer token of this user, as the command line would make it. */
export async function tokenOf(user: User, abilities = ['*']): Promise<string> {
  const { value } = await makeToken(callerOf(), { user: user.uuid, abilities, expires_in: 3600 })
  return value
}
