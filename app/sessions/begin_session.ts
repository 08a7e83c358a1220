import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { Caller } from '#app/core/caller'
import { now } from '#app/core/clock'
import { newUuid } from '#app/core/ids'
import { LIFE_MS } from '#app/sessions/session_life'
import { hasFactor } from '#app/sessions/session_user'
import { sessionStore } from '#app/sessions/sessions'
import type { KeptSession } from '#app/sessions/session_store'
import { hashOfValue, newSessionValue } from '#app/sessions/session_value'

/** A session and the value that its cookie is to hold, which is told this once. */
export interface BegunSession {
  session: KeptSession
  value: string
}

interface Proven {
  user: { id: number; signInEpoch: number }
  /** True when a second factor, or a passkey that asked for the person, was proven. */
  withFactor: boolean
}

/** Begins a session for somebody who has just proven who they are. */
export async function beginSession(
  { user, withFactor }: Proven,
  caller: Caller,
  client: QueryClientContract
): Promise<BegunSession> {
  const at = now()
  const isStrongest = withFactor || !(await hasFactor(user, client))
  const value = newSessionValue()
  const session: KeptSession = {
    uuid: newUuid(),
    hash: hashOfValue(value),
    userId: user.id,
    signInEpoch: user.signInEpoch,
    factorAt: withFactor ? at : null,
    confirmedAt: isStrongest ? at : null,
    ipAddress: caller.ip?.slice(0, 45) ?? null,
    userAgent: caller.userAgent?.slice(0, 255) ?? null,
    createdAt: at,
    lastSeenAt: at,
    expiresAt: new Date(at.getTime() + LIFE_MS),
  }
  await sessionStore().add(session, client)
  return { session, value }
}

/** The same session under a new value, with what was proven since: whoever knew the former value knows nothing now. */
export async function renewSession(
  former: KeptSession,
  changes: Partial<Pick<KeptSession, 'factorAt' | 'confirmedAt' | 'signInEpoch'>>,
  client: QueryClientContract
): Promise<BegunSession> {
  const value = newSessionValue()
  const session = { ...former, ...changes, hash: hashOfValue(value), lastSeenAt: now() }
  await sessionStore().replace(former.hash, session, client)
  return { session, value }
}
