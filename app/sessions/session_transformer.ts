import { BaseTransformer } from '@adonisjs/core/transformers'
import type { Static } from 'typebox'
import { choice, instant, nullable, shape, text, uuid } from '#app/http/shapes'
import type { OwnSession } from '#app/sessions/own_session'

const SESSION_STATES = ['complete', 'second_factor', 'enrolment'] as const

export const ownSessionShape = shape('OwnSession', {
  id: uuid(),
  user_id: uuid(),
  /** What the session opens: all that its person may, or nothing but the own account until a factor is proven or chosen. */
  state: choice(SESSION_STATES),
  /** To send with each write as X-CSRF-Token. */
  csrf_token: text(),
  confirmed_at: nullable(instant()),
  created_at: instant(),
  expires_at: instant(),
})

/** A session as the browser sees it that holds its cookie. */
export default class OwnSessionTransformer extends BaseTransformer<OwnSession & { csrfToken: string }> {
  toObject(): Static<typeof ownSessionShape> {
    const { session, user, csrfToken } = this.resource
    return {
      id: session.uuid,
      user_id: user.uuid,
      state: user.signIn.missing ?? 'complete',
      csrf_token: csrfToken,
      confirmed_at: session.confirmedAt?.toISOString() ?? null,
      created_at: session.createdAt.toISOString(),
      expires_at: session.expiresAt.toISOString(),
    }
  }
}
