import db from '@adonisjs/lucid/services/db'
import type { Caller } from '#app/core/caller'
import { now, toSqlInstant } from '#app/core/clock'
import { newPassword } from '#app/setup/new_password'
import { countAdministrators } from '#app/users/change_grants'
import { createUser } from '#app/users/create_user'
import { makeToken } from '#app/tokens/make_token'

const EMAIL = 'admin@medinfo.local'
const TOKEN_NAME = 'up'
const DAY = 86_400

/** Makes an administrator where nobody can grant roles yet; the password is in the answer and nowhere else. */
export async function ensureAdministrator(
  caller: Caller,
  { name, language }: { name: string; language: 'fr' | 'en' }
): Promise<{ email: string; password: string } | null> {
  if (await db.transaction((trx) => countAdministrators(trx))) return null
  const password = newPassword()
  await createUser(caller, { name, email: EMAIL, password, language, roles: ['admin'] })
  return { email: EMAIL, password }
}

export interface UpToken {
  email: string | null
  /** Null while one that was shown before still lives: only its hash is kept. */
  value: string | null
}

/** A token of 24 hours for the first administrator, unless one made here is still alive; null without an administrator. */
export async function ensureToken(caller: Caller): Promise<UpToken | null> {
  const owner = await db
    .from('users as u')
    .join('user_roles as ur', 'ur.user_id', 'u.id')
    .join('roles as r', 'r.id', 'ur.role_id')
    .where('r.name', 'admin')
    .whereNull('u.disabled_at')
    .orderBy('u.id')
    .select('u.id', 'u.uuid', 'u.email')
    .first()
  if (!owner) return null
  const live = await db
    .from('access_tokens')
    .where({ tokenable_id: owner.id, name: TOKEN_NAME })
    .whereNull('revoked_at')
    .where('expires_at', '>', toSqlInstant(now()))
    .first()
  if (live) return { email: owner.email, value: null }
  const { value } = await makeToken(caller, { user: owner.uuid, name: TOKEN_NAME, abilities: ['*'], expires_in: DAY })
  return { email: owner.email, value }
}
