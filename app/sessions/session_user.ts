import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { Actor, SignIn } from '#app/core/actor'
import { selectRows } from '#app/core/insert_rows'
import { isOver } from '#app/sessions/session_life'
import type { KeptSession } from '#app/sessions/session_store'
import { grantColumns, splitNames } from '#app/users/grants'

/** A user as a session shows them. Until every factor is proven they may nothing but look after their own account. */
export class SessionUser implements Actor {
  constructor(
    readonly id: number,
    readonly uuid: string,
    readonly roleNames: readonly string[],
    private permissions: ReadonlySet<string>,
    readonly signIn: SignIn,
    /** As a page that greets them has them. */
    readonly person: { name: string; email: string | null; language: 'fr' | 'en' }
  ) {}

  can(permission: string) {
    return this.signIn.missing === null && this.permissions.has(permission)
  }
}

interface UserRow {
  id: number
  uuid: string
  name: string
  email: string | null
  language: 'fr' | 'en'
  has_factor: number
  role_names: string | null
  permission_names: string | null
}

const HAS_FACTOR = `(exists (select 1 from totp_secrets t where t.user_id = u.id and t.confirmed_at is not null)
  or exists (select 1 from passkeys k where k.user_id = u.id)) as has_factor`

const QUERY = `select u.id, u.uuid, u.name, u.email, u.language, ${HAS_FACTOR}, ${grantColumns('u')}
  from users u where u.id = ? and u.sign_in_epoch = ? and u.disabled_at is null`

/** Whose session this is, with what the database grants at this moment; null once it is over. */
export async function userOfSession(session: KeptSession, client: QueryClientContract): Promise<SessionUser | null> {
  if (isOver(session)) return null
  const [row] = await selectRows<UserRow>(client, QUERY, [session.userId, session.signInEpoch])
  if (!row) return null
  const permissions = new Set(splitNames(row.permission_names))
  const { uuid: sessionUuid, confirmedAt } = session
  const missing = missingOf(session, Number(row.has_factor) === 1, permissions.size > 0)
  const signIn = { sessionUuid, confirmedAt, missing }
  return new SessionUser(Number(row.id), row.uuid, splitNames(row.role_names), permissions, signIn, {
    name: row.name,
    email: row.email,
    language: row.language,
  })
}

/** True for whoever has a code generator or a passkey, so that a password alone does not let them in. */
export async function hasFactor({ id }: { id: number }, client: QueryClientContract): Promise<boolean> {
  const rows = await selectRows<UserRow>(client, `select ${HAS_FACTOR} from users u where u.id = ?`, [id])
  return Number(rows[0]?.has_factor) === 1
}

/** Whoever has any permission is staff, and staff needs a second factor. */
function missingOf({ factorAt }: KeptSession, hasOne: boolean, isStaff: boolean): SignIn['missing'] {
  if (factorAt) return null
  if (hasOne) return 'second_factor'
  return isStaff ? 'enrolment' : null
}
