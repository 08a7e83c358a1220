import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { Unauthenticated } from '#app/core/problem'
import { readCase } from '#app/core/read_case'
import { useCase } from '#app/core/use_case'
import type { Caller } from '#app/core/caller'
import type { AuditIdentity } from '#app/core/clinical_row'
import type { BegunSession } from '#app/sessions/begin_session'
import SessionPolicy from '#app/sessions/session_policy'
import type { KeptSession } from '#app/sessions/session_store'
import { userOfSession, type SessionUser } from '#app/sessions/session_user'
import { ownSessionValidator } from '#app/sessions/session_validator'
import { sessionStore } from '#app/sessions/sessions'

export interface OwnSession {
  session: KeptSession
  user: SessionUser
  /** The value of the cookie to set, where there is a new one. */
  value?: string
  auditIdentity(): AuditIdentity
}

export function ofSession(
  { session, value }: Partial<BegunSession> & { session: KeptSession },
  user: SessionUser
): OwnSession {
  const auditIdentity = () => ({ entity: 'session', entityUuid: session.uuid, patientUuid: null })
  return { session, user, value, auditIdentity }
}

/** The caller's own session as the store has it now. Errors: Unauthenticated once it is over, and for a token. */
export async function findOwnSession({ user }: Caller, client: QueryClientContract): Promise<OwnSession> {
  const session = user.id && user.signIn && (await sessionStore().findOf(user.id, user.signIn.sessionUuid, client))
  const person = session ? await userOfSession(session, client) : null
  if (!session || !person) throw new Unauthenticated('session_over')
  return ofSession({ session }, person)
}

/** Who is signed in here, and what is still missing. */
export const openOwnSession = readCase({
  name: 'sessions.open_own',
  input: ownSessionValidator,
  find: (_, { caller, client }) => findOwnSession(caller, client),
  policy: [SessionPolicy, 'own'],
  run: ({ subject }) => subject,
})

/** Ends the own session. */
export const signOut = useCase({
  name: 'sessions.sign_out',
  told: { done: 'logout', refused: 'logout' },
  input: ownSessionValidator,
  find: (_, { caller, trx }) => findOwnSession(caller, trx),
  policy: [SessionPolicy, 'own'],
  async run({ subject, trx }) {
    await sessionStore().end(subject.session, trx)
    return subject
  },
})
