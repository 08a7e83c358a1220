import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { NotFound } from '#app/core/problem'
import { isOver } from '#app/sessions/session_life'
import type { KeptSession } from '#app/sessions/session_store'
import { sessionStore } from '#app/sessions/sessions'
import User from '#app/users/user'

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

/** A session with whose it is. */
export interface SessionOfSomebody {
  session: KeptSession
  user: User
}

/* Each database takes so many values in one question. */
const AT_ONCE = 500

/** The browsers in which anybody is signed in, the last seen first. */
export async function liveSessionsOfAll(client: QueryClientContract): Promise<SessionOfSomebody[]> {
  const sessions = await sessionStore().listAll(client)
  const ids = [...new Set(sessions.map(({ userId }) => userId))]
  const people = new Map<number, User>()
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const some = await User.query({ client }).whereIn('id', ids.slice(from, from + AT_ONCE))
    for (const user of some) people.set(Number(user.id), user)
  }
  return sessions.flatMap((session) => {
    const user = people.get(session.userId)
    return user && isUsed(session, user) ? [{ session, user }] : []
  })
}

/** Errors: NotFound, for one that is over too. */
export async function findLiveSession(uuid: string, client: QueryClientContract): Promise<SessionOfSomebody> {
  const session = await sessionStore().findAny(uuid, client)
  const user = session && (await User.query({ client }).where('id', session.userId).first())
  if (!session || !user || !isUsed(session, user)) throw new NotFound('not_found')
  return { session, user }
}

const isUsed = (session: KeptSession, user: User) => !user.isDisabled && isLive(session, user)
