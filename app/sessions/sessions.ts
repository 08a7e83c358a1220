import { databaseSessions } from '#app/sessions/database_sessions'
import { redisSessions } from '#app/sessions/redis_sessions'
import type { SessionStore } from '#app/sessions/session_store'
import env from '#start/env'

/** The store of this installation. */
export function sessionStore(): SessionStore {
  return env.get('SESSION_DRIVER') === 'redis' ? redisSessions : databaseSessions
}
