import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { now } from '#app/core/clock'
import { sessionRedis } from '#app/sessions/redis_connection'
import { LIFE_MS } from '#app/sessions/session_life'
import { SessionsUnavailable } from '#app/sessions/session_problems'
import { MOST_LISTED, MOST_OF_ALL, type KeptSession, type SessionStore } from '#app/sessions/session_store'

type Redis = Awaited<ReturnType<typeof sessionRedis>>

/*
 * medinfo:session:<hash>       a session as JSON, which Redis forgets at the end of its life
 * medinfo:sessions_of:<user>   the hashes of a person's sessions, sorted by when they began
 */
const keyOf = (hash: string) => `medinfo:session:${hash}`
const indexOf = (userId: number) => `medinfo:sessions_of:${userId}`

/**
 * Sessions in Redis. It knows nothing of the gate's transaction: what is written is written at once, before the commit,
 * and taken back by a rollback. Should that fail too, somebody is signed out or a session stands whose value nobody was
 * told; nobody is ever signed in by it.
 */
export const redisSessions: SessionStore = {
  async find(hash) {
    return asked(async (redis) => parsed(await redis.get(keyOf(hash))))
  },

  async findOf(userId, uuid) {
    const sessions = await asked((redis) => sessionsOf(redis, userId, -1))
    return sessions.find((session) => session.uuid === uuid) ?? null
  },

  async add(session, client) {
    unlessCommitted(client, () => removed([session]))
    await kept(session)
  },

  async replace(formerHash, session, client) {
    const former = await this.find(formerHash, client)
    if (!former) return
    unlessCommitted(client, async () => {
      await removed([session])
      await kept(former)
    })
    await replaced(former, session)
  },

  async touch(seen) {
    await asked(async (redis) => {
      for (const [hash, at] of seen) {
        const session = parsed(await redis.get(keyOf(hash)))
        if (session) await redis.set(keyOf(hash), written({ ...session, lastSeenAt: at }), 'KEEPTTL', 'XX')
      }
    })
  },

  async listOf(userId) {
    return asked((redis) => sessionsOf(redis, userId, MOST_LISTED - 1))
  },

  async listAll() {
    const sessions = await asked(sessionsOfAll)
    return sessions.sort((one, other) => other.lastSeenAt.getTime() - one.lastSeenAt.getTime()).slice(0, MOST_OF_ALL)
  },

  async findAny(uuid) {
    const sessions = await asked(sessionsOfAll)
    return sessions.find((session) => session.uuid === uuid) ?? null
  },

  async end({ userId, uuid }, client) {
    // It may get another value between two steps: once more, and there is none that it could have got.
    for (;;) {
      const session = await this.findOf(userId, uuid, client)
      if (!session) return
      unlessCommitted(client, () => kept(session))
      await removed([session])
    }
  },

  async endOthers({ userId, uuid }, client) {
    for (let ended = 0; ;) {
      const all = await asked((redis) => sessionsOf(redis, userId, -1))
      const others = all.filter((session) => session.uuid !== uuid)
      if (!others.length) return ended
      unlessCommitted(client, async () => {
        for (const other of others) await kept(other)
      })
      await removed(others)
      ended += others.length
    }
  },

  /** Their epoch is over and their end is near: a rehearsal could not take this back. */
  async forgetAllOf() {},

  async sweep() {
    return 0
  },
}

/** Errors: SessionsUnavailable, whatever went wrong. */
async function asked<T>(question: (redis: Redis) => Promise<T>): Promise<T> {
  try {
    return await question(await sessionRedis())
  } catch (error) {
    throw new SessionsUnavailable(error)
  }
}

function unlessCommitted(client: QueryClientContract, takeBack: () => Promise<unknown>) {
  if ('after' in client) (client as { after(event: 'rollback', done: () => unknown): void }).after('rollback', takeBack)
}

/** A person's sessions from the newest to the one at this position, -1 being the last. */
async function sessionsOf(redis: Redis, userId: number, last: number): Promise<KeptSession[]> {
  const hashes = await redis.zrevrange(indexOf(userId), 0, last)
  const texts = hashes.length ? await redis.mget(hashes.map(keyOf)) : []
  return texts.map(parsed).filter((session) => session !== null)
}

/** Redis has no list of them all; it is walked through while it goes on serving, which may name a session twice. */
async function sessionsOfAll(redis: Redis): Promise<KeptSession[]> {
  const found = new Map<string, KeptSession>()
  let cursor = '0'
  do {
    const [next, keys] = await redis.scan(cursor, 'MATCH', keyOf('*'), 'COUNT', 500)
    const texts = keys.length ? await redis.mget(keys) : []
    for (const session of texts.map(parsed)) if (session) found.set(session.uuid, session)
    cursor = next
  } while (cursor !== '0')
  return [...found.values()]
}

async function kept(session: KeptSession) {
  const { hash, userId, createdAt, expiresAt } = session
  const at = now().getTime()
  const left = expiresAt.getTime() - at
  if (left <= 0) return
  const writing = (redis: Redis) =>
    redis
      .multi()
      .set(keyOf(hash), written(session), 'PX', left)
      .zadd(indexOf(userId), createdAt.getTime(), hash)
      .zremrangebyscore(indexOf(userId), 0, at - LIFE_MS)
      .pexpire(indexOf(userId), LIFE_MS)
      .exec()
  await asked(async (redis) => requireDone(await writing(redis)))
}

async function removed(sessions: Pick<KeptSession, 'hash' | 'userId'>[]) {
  if (!sessions.length) return
  const hashes = sessions.map(({ hash }) => hash)
  const writing = (redis: Redis) =>
    redis.multi().del(hashes.map(keyOf)).zrem(indexOf(sessions[0]!.userId), hashes).exec()
  await asked(async (redis) => requireDone(await writing(redis)))
}

/* All at once: what was ended meanwhile is not brought back under another value. */
const REPLACE = `
if redis.call('del', KEYS[1]) == 0 then return end
redis.call('zrem', KEYS[3], ARGV[1])
redis.call('set', KEYS[2], ARGV[3], 'PX', ARGV[4])
redis.call('zadd', KEYS[3], ARGV[5], ARGV[2])`

async function replaced(former: KeptSession, session: KeptSession) {
  const { hash, userId, createdAt, expiresAt } = session
  const left = expiresAt.getTime() - now().getTime()
  if (left <= 0) return removed([former])
  const keys = [keyOf(former.hash), keyOf(hash), indexOf(userId)]
  const values = [former.hash, hash, written(session), left, createdAt.getTime()]
  await asked((redis) => redis.eval(REPLACE, keys.length, ...keys, ...values))
}

/** A transaction of Redis answers for each command by itself. */
function requireDone(answers: [error: Error | null, result: unknown][] | null) {
  const failed = answers?.find(([error]) => error)
  if (!answers || failed) throw failed?.[0] ?? new Error('the transaction was not done')
}

const written = (session: KeptSession) => JSON.stringify(session)

const INSTANTS = new Set(['factorAt', 'confirmedAt', 'createdAt', 'lastSeenAt', 'expiresAt'])

function parsed(text: string | null): KeptSession | null {
  const asDate = (name: string, value: unknown) => (INSTANTS.has(name) && value ? new Date(value as string) : value)
  return text === null ? null : JSON.parse(text, asDate)
}
