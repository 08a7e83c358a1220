import { fromSqlInstant, now, toSqlInstant } from '#app/core/clock'
import { IDLE_MS } from '#app/sessions/session_life'
import { MOST_LISTED, MOST_OF_ALL, type KeptSession, type SessionStore } from '#app/sessions/session_store'

interface Row {
  uuid: string
  hash: string
  user_id: number
  sign_in_epoch: number
  factor_at: string | null
  confirmed_at: string | null
  ip_address: string | null
  user_agent: string | null
  created_at: string
  last_seen_at: string
  expires_at: string
}

/** Sessions in the database, where they end in the same transaction as whatever ends them. */
export const databaseSessions: SessionStore = {
  async find(hash, client) {
    const row = await client.from('sessions').where('hash', hash).first()
    return row ? sessionOf(row) : null
  },

  async findOf(userId, uuid, client) {
    const row = await client.from('sessions').where({ user_id: userId, uuid }).first()
    return row ? sessionOf(row) : null
  },

  async add(session, client) {
    await client.table('sessions').insert({ ...rowOf(session), created_at: toSqlInstant(session.createdAt) })
  },

  async replace(formerHash, session, client) {
    await client.from('sessions').where('hash', formerHash).update(rowOf(session))
  },

  async touch(seen, client) {
    const all = [...seen].map(([hash, at]) => [hash, toSqlInstant(at)] as const)
    for (let from = 0; from < all.length; from += AT_ONCE) {
      const some = all.slice(from, from + AT_ONCE)
      const cases = some.map(() => 'when ? then ?').join(' ')
      const places = some.map(() => '?').join(', ')
      await client.rawQuery(`update sessions set last_seen_at = case hash ${cases} end where hash in (${places})`, [
        ...some.flat(),
        ...some.map(([hash]) => hash),
      ])
    }
  },

  async listOf(userId, client) {
    const query = client.from('sessions').where('user_id', userId)
    const rows: Row[] = await query.orderBy('created_at', 'desc').orderBy('uuid', 'desc').limit(MOST_LISTED)
    return rows.map(sessionOf)
  },

  async listAll(client) {
    const rows: Row[] = await client.from('sessions').orderBy('last_seen_at', 'desc').limit(MOST_OF_ALL)
    return rows.map(sessionOf)
  },

  async findAny(uuid, client) {
    const row = await client.from('sessions').where('uuid', uuid).first()
    return row ? sessionOf(row) : null
  },

  async end({ userId, uuid }, client) {
    await client.from('sessions').where({ user_id: userId, uuid }).delete()
  },

  async endOthers({ userId, uuid }, client) {
    return Number(await client.from('sessions').where('user_id', userId).whereNot('uuid', uuid).delete())
  },

  async forgetAllOf(userId, client) {
    await client.from('sessions').where('user_id', userId).delete()
  },

  async sweep(at, client) {
    const idleSince = new Date(at.getTime() - IDLE_MS)
    const over = client.from('sessions').where('expires_at', '<', toSqlInstant(at))
    return Number(await over.orWhere('last_seen_at', '<', toSqlInstant(idleSince)).delete())
  },
}

const AT_ONCE = 200

function sessionOf(row: Row): KeptSession {
  const instantOf = (text: string | null) => (text === null ? null : fromSqlInstant(text))
  return {
    uuid: row.uuid,
    hash: row.hash,
    userId: Number(row.user_id),
    signInEpoch: Number(row.sign_in_epoch),
    factorAt: instantOf(row.factor_at),
    confirmedAt: instantOf(row.confirmed_at),
    ipAddress: row.ip_address,
    userAgent: row.user_agent,
    createdAt: fromSqlInstant(row.created_at),
    lastSeenAt: fromSqlInstant(row.last_seen_at),
    expiresAt: fromSqlInstant(row.expires_at),
  }
}

function rowOf(session: KeptSession) {
  const instantOf = (date: Date | null) => (date === null ? null : toSqlInstant(date))
  return {
    uuid: session.uuid,
    hash: session.hash,
    user_id: session.userId,
    sign_in_epoch: session.signInEpoch,
    factor_at: instantOf(session.factorAt),
    confirmed_at: instantOf(session.confirmedAt),
    ip_address: session.ipAddress,
    user_agent: session.userAgent,
    last_seen_at: toSqlInstant(session.lastSeenAt),
    expires_at: toSqlInstant(session.expiresAt),
    updated_at: toSqlInstant(now()),
  }
}
