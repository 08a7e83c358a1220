import { endLinks } from '#app/accounts/account_link'
import { NotFound } from '#app/core/problem'
import { useCase } from '#app/core/use_case'
import { findPerson } from '#app/sessions/find_person'
import { findLiveSession, isLive, liveSessionsOf, type ListedSession } from '#app/sessions/live_sessions'
import { findOwnSession } from '#app/sessions/own_session'
import SessionPolicy from '#app/sessions/session_policy'
import {
  endOwnSessionValidator,
  endSessionValidator,
  ownSessionValidator,
  sessionsOfValidator,
} from '#app/sessions/session_validator'
import { sessionStore } from '#app/sessions/sessions'

/** Signs one of the caller's browsers out, the own one too. Errors: NotFound for whatever is not a live one of theirs. */
export const endOwnSession = useCase({
  name: 'sessions.end_own',
  input: endOwnSessionValidator,
  async find({ id }, { caller, trx }) {
    const { session: own } = await findOwnSession(caller, trx)
    const session = await sessionStore().findOf(own.userId, id, trx)
    if (!session || !isLive(session, { ...own, id: own.userId })) throw new NotFound('not_found')
    return listed(session, own.uuid)
  },
  policy: [SessionPolicy, 'own'],
  async run({ subject, trx }) {
    await sessionStore().end(subject, trx)
    return subject
  },
})

/** Signs the caller out everywhere but here. Answers how many other browsers that were. */
export const endOtherSessions = useCase({
  name: 'sessions.end_others',
  input: ownSessionValidator,
  find: (_, { caller, trx }) => findOwnSession(caller, trx),
  policy: [SessionPolicy, 'own'],
  async run({ subject: { session }, trx }) {
    const live = await liveSessionsOf({ ...session, id: session.userId }, session.uuid, trx)
    await sessionStore().endOthers(session, trx)
    return { ended: live.length - 1 }
  },
})

/** Signs somebody out everywhere at once: the epoch ends what no store has to be asked for. */
export const endSessionsOf = useCase({
  name: 'sessions.end_all',
  stepUp: true,
  input: sessionsOfValidator,
  find: ({ user }, { trx }) => findPerson(user, trx),
  policy: [SessionPolicy, 'manage'],
  async run({ subject: user, caller, trx }) {
    const live = await liveSessionsOf(user, caller.user.signIn?.sessionUuid, trx)
    await trx.from('users').where('id', user.id).increment('sign_in_epoch', 1)
    await sessionStore().forgetAllOf(user.id, trx)
    // Whoever was in one of them may have asked for another address.
    await endLinks(user.id, ['email_change'], trx)
    return { ended: live.length, user }
  },
})

/** Signs somebody out of one browser. Errors: NotFound for whatever is not a live session. */
export const endAnySession = useCase({
  name: 'sessions.end',
  stepUp: true,
  input: endSessionValidator,
  async find({ id }, { caller, trx }) {
    const { session, user } = await findLiveSession(id, trx)
    return { ...listed(session, caller.user.signIn?.sessionUuid ?? ''), user }
  },
  policy: [SessionPolicy, 'manage'],
  async run({ subject, trx, note }) {
    note({ user: subject.user.uuid })
    await sessionStore().end(subject, trx)
    return subject
  },
})

function listed(session: Omit<ListedSession, 'isCurrent'>, current: string) {
  const auditIdentity = () => ({ entity: 'session', entityUuid: session.uuid, patientUuid: null })
  return { ...session, isCurrent: session.uuid === current, auditIdentity }
}
