import { now } from '#app/core/clock'
import type { KeptSession } from '#app/sessions/session_store'

/** A browser that nobody touches is signed out after half an hour, and every browser after half a day. */
export const IDLE_MS = 30 * 60_000
export const LIFE_MS = 12 * 3_600_000

export function isOver({ lastSeenAt, expiresAt }: KeptSession, at: Date = now()): boolean {
  return expiresAt <= at || lastSeenAt.getTime() + IDLE_MS <= at.getTime()
}
