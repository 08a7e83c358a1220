import db from '@adonisjs/lucid/services/db'
import { now } from '#app/core/clock'
import { toProblem } from '#app/core/to_problem'
import type { KeptSession } from '#app/sessions/session_store'
import { sessionStore } from '#app/sessions/sessions'
import { userOfSession, type SessionUser } from '#app/sessions/session_user'
import { hashOfValue } from '#app/sessions/session_value'
import { readConnection } from '#config/database'

/** A signed-in browser and its person. */
export interface SignedIn {
  session: KeptSession
  user: SessionUser
}

/** Whose session has this value; null for nobody's. Errors: a Problem when the store does not answer. */
export async function verifySession(value: string): Promise<SignedIn | null> {
  try {
    const client = db.connection(readConnection)
    const session = await sessionStore().find(hashOfValue(value), client)
    const user = session && (await userOfSession(session, client))
    if (!session || !user) return null
    noteSeen(session)
    return { session, user }
  } catch (error) {
    throw toProblem(error)
  }
}

/* A write a request would double its cost; half an hour of idleness need not be known to the second. */
const SEEN_EVERY_MS = 60_000
const seen = new Map<string, Date>()

function noteSeen({ hash, lastSeenAt }: KeptSession) {
  const at = now()
  if (at.getTime() - lastSeenAt.getTime() >= SEEN_EVERY_MS) seen.set(hash, at)
}

/** Writes when sessions were last seen, all that are due at once. Answers how many. */
export async function writeLastSeen(): Promise<number> {
  const due = new Map(seen)
  seen.clear()
  if (due.size) await sessionStore().touch(due, db.connection())
  return due.size
}

/* Another process may have seen a session that it has not written yet. */
const GRACE_MS = 60_000

/** Forgets the sessions that are over. Answers how many. */
export function sweepSessions(): Promise<number> {
  return sessionStore().sweep(new Date(now().getTime() - GRACE_MS), db.connection())
}
