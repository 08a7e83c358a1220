import { BaseTransformer } from '@adonisjs/core/transformers'
import Type, { type Static } from 'typebox'
import { instant, nullable, shape, text, uuid, whole } from '#app/http/shapes'
import { deviceOf } from '#app/sessions/device'
import type { ListedSession } from '#app/sessions/live_sessions'

export const browserSessionShape = shape('BrowserSession', {
  id: uuid(),
  /** True for the session that asks. */
  is_current: Type.Boolean(),
  browser: nullable(text()),
  system: nullable(text()),
  ip_address: nullable(text()),
  created_at: instant(),
  /** To the minute. */
  last_seen_at: instant(),
  expires_at: instant(),
})

/** A browser in which somebody is signed in, as they or an administrator see it. */
export default class BrowserSessionTransformer extends BaseTransformer<ListedSession> {
  toObject(): Static<typeof browserSessionShape> {
    const { uuid: id, isCurrent, userAgent, ipAddress, createdAt, lastSeenAt, expiresAt } = this.resource
    return {
      id,
      is_current: isCurrent,
      ...deviceOf(userAgent),
      ip_address: ipAddress,
      created_at: createdAt.toISOString(),
      last_seen_at: lastSeenAt.toISOString(),
      expires_at: expiresAt.toISOString(),
    }
  }
}

export const endedSessionsShape = shape('EndedSessions', { ended: whole() })

/** How many browsers were signed out. */
export class EndedSessionsTransformer extends BaseTransformer<{ ended: number }> {
  toObject(): Static<typeof endedSessionsShape> {
    return { ended: this.resource.ended }
  }
}
