import { databaseSessions } from '#app/sessions/database_sessions'
import type { SessionStore } from '#app/sessions/session_store'

/** The store of this installation. */
export function sessionStore(): SessionStore {
  return databaseSessions
}
