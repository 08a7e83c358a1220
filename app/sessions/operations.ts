import { EXAMPLE } from '#app/http/example_ids'
import type { Operations } from '#app/http/operation'
import { browserSessionShape, endedSessionsShape } from '#app/sessions/browser_session_transformer'
import { endOtherSessions, endOwnSession, endSessionsOf } from '#app/sessions/end_sessions'
import { listOwnSessions, listSessionsOf } from '#app/sessions/list_sessions'
import { openOwnSession, signOut } from '#app/sessions/own_session'
import { ownSessionShape } from '#app/sessions/session_transformer'
import { signIn } from '#app/sessions/sign_in'

export const sessionOperations: Operations = {
  'session.store': {
    gate: signIn,
    admits: 'anybody',
    answer: { one: ownSessionShape },
    as: 'doctor',
    example: { body: { email: EXAMPLE.email, password: EXAMPLE.password } },
    problems: { wrong_credentials: { body: { email: EXAMPLE.email, password: 'ce-n-est-pas-le-bon' } } },
    alsoRefused: ['too_many_tries'],
  },
  'session.show': {
    gate: openOwnSession,
    admits: 'pending',
    answer: { one: ownSessionShape },
    as: 'doctor',
    example: {},
  },
  'session.destroy': {
    gate: signOut,
    admits: 'pending',
    answer: { one: ownSessionShape },
    as: 'doctor',
    example: {},
  },
  'own_sessions.index': {
    gate: listOwnSessions,
    admits: 'session',
    answer: { many: browserSessionShape },
    as: 'doctor',
    example: {},
  },
  'own_sessions.destroy_others': {
    gate: endOtherSessions,
    admits: 'session',
    answer: { one: endedSessionsShape },
    as: 'doctor',
    example: {},
  },
  'own_sessions.destroy': {
    gate: endOwnSession,
    admits: 'session',
    answer: { one: browserSessionShape },
    as: 'doctor',
    example: { params: { id: EXAMPLE.session } },
  },
  'user_sessions.index': {
    gate: listSessionsOf,
    admits: 'session',
    answer: { many: browserSessionShape },
    as: 'admin',
    example: { params: { user: EXAMPLE.colleague } },
  },
  'user_sessions.destroy': {
    gate: endSessionsOf,
    admits: 'session',
    answer: { one: endedSessionsShape },
    as: 'admin',
    example: { params: { user: EXAMPLE.colleague } },
  },
}
