import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { isOver } from '#app/sessions/session_life'
import type { KeptSession } from '#app/sessions/session_store'
import { sessionStore } from '#app/sessions/sessions'

/** A session as whoever may end it sees it. */
export interface ListedSession extends KeptSession {
  isCurrent: boolean
}

export interface Person {
  id: number
  signInEpoch: number
}

/** The browsers in which this person is signed in, the newest first. `current` is the session that asks. */
export async function liveSessionsOf(
  person: Person,
  current: string | undefined,
  client: QueryClientContract
): Promise<ListedSession[]> {
  const sessions = await sessionStore().listOf(person.id, client)
  return sessions
    .filter((session) => isLive(session, person))
    .map((session) => ({ ...session, isCurrent: session.uuid === current }))
}

export function isLive(session: KeptSession, { signInEpoch }: Person): boolean {
  return session.signInEpoch === signInEpoch && !isOver(session)
}
