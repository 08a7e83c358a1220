import type { Page } from '#app/core/keyset'
import { readCase } from '#app/core/read_case'
import { findPerson } from '#app/sessions/find_person'
import { liveSessionsOf, type ListedSession } from '#app/sessions/live_sessions'
import { findOwnSession } from '#app/sessions/own_session'
import SessionPolicy from '#app/sessions/session_policy'
import { ownSessionValidator, sessionsOfValidator } from '#app/sessions/session_validator'

const details = ({ rows }: Page<ListedSession>) => ({ uuids: rows.map(({ uuid }) => uuid) })
/** There are few: nobody has to turn pages. */
const asPage = (rows: ListedSession[]): Page<ListedSession> => ({ rows, nextCursor: null })

/** The browsers in which the caller is signed in. */
export const listOwnSessions = readCase({
  name: 'sessions.list_own',
  input: ownSessionValidator,
  find: (_, { caller, client }) => findOwnSession(caller, client),
  policy: [SessionPolicy, 'own'],
  details,
  async run({ subject: { session }, client }) {
    return asPage(await liveSessionsOf({ ...session, id: session.userId }, session.uuid, client))
  },
})

/** The browsers in which somebody is signed in. */
export const listSessionsOf = readCase({
  name: 'sessions.list',
  input: sessionsOfValidator,
  find: ({ user }, { client }) => findPerson(user, client),
  policy: [SessionPolicy, 'manage'],
  details,
  async run({ subject, caller, client }) {
    return asPage(await liveSessionsOf(subject, caller.user.signIn?.sessionUuid, client))
  },
})
