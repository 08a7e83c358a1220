import { EXAMPLE } from '#app/http/example_ids'
import type { Operations } from '#app/http/operation'
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
}
