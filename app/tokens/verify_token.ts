import { AccessToken as Opaque } from '@adonisjs/auth/access_tokens'
import { createHash, timingSafeEqual } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { Actor } from '#app/core/actor'
import { now, toSqlInstant } from '#app/core/clock'
import { isUuidV7 } from '#app/core/ids'
import { selectRows } from '#app/core/insert_rows'
import { toProblem } from '#app/core/to_problem'
import { TOKEN_PREFIX } from '#app/tokens/access_token'
import { grantColumns, splitNames } from '#app/users/grants'
import { readConnection } from '#config/database'

/** A user as a token shows them: what they may is what the roles grant and the token's abilities leave. */
export class TokenUser implements Actor {
  constructor(
    readonly id: number,
    readonly uuid: string,
    readonly roleNames: readonly string[],
    private permissions: ReadonlySet<string>,
    private abilities: ReadonlySet<string>
  ) {}

  get isNarrowed() {
    return !this.abilities.has('*')
  }

  can(permission: string) {
    return this.permissions.has(permission) && (this.abilities.has('*') || this.abilities.has(permission))
  }
}

interface TokenRow {
  token_id: number
  hash: string
  abilities: string
  id: number
  uuid: string
  role_names: string | null
  permission_names: string | null
}

const QUERY = `select t.id as token_id, t.hash, t.abilities, u.id, u.uuid, ${grantColumns('u')}
  from access_tokens t join users u on u.id = t.tokenable_id
  where t.uuid = ? and t.revoked_at is null and (t.expires_at is null or t.expires_at > ?) and u.disabled_at is null`

/** Who holds this bearer token; null for nobody. Errors: a Problem when the database does not answer. */
export async function authenticate(value: string): Promise<TokenUser | null> {
  try {
    return await verifyToken(value, db.connection(readConnection))
  } catch (error) {
    throw toProblem(error)
  }
}

/** One query for token, user, roles and permissions. Null for whatever is not a live token of a live user. */
async function verifyToken(value: string, client: QueryClientContract): Promise<TokenUser | null> {
  const decoded = Opaque.decode(TOKEN_PREFIX, value)
  // Bytes that are no uuid would meet an ASCII column, and MariaDB answers that with an error.
  if (!decoded || !isUuidV7(decoded.identifier)) return null
  const [row] = await selectRows<TokenRow>(client, QUERY, [decoded.identifier, toSqlInstant(now())])
  if (!row || !sameHash(row.hash, decoded.secret.release())) return null
  used.add(Number(row.token_id))
  const abilities = new Set<string>(JSON.parse(row.abilities))
  return new TokenUser(
    Number(row.id),
    row.uuid,
    splitNames(row.role_names),
    new Set(splitNames(row.permission_names)),
    abilities
  )
}

function sameHash(stored: string, secret: string): boolean {
  const made = createHash('sha256').update(secret).digest('hex')
  return stored.length === made.length && timingSafeEqual(Buffer.from(stored), Buffer.from(made))
}

const used = new Set<number>()

/** Writes the last use of all tokens seen since the last call, in one statement: a write a request would double its cost. */
export async function writeLastUses(client: QueryClientContract): Promise<number> {
  const ids = [...used]
  used.clear()
  if (ids.length)
    await client
      .from('access_tokens')
      .whereIn('id', ids)
      .update({ last_used_at: toSqlInstant(now()) })
  return ids.length
}
