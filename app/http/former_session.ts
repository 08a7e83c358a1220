import type { HttpContext } from '@adonisjs/core/http'
import { Unauthenticated } from '#app/core/problem'
import { anonymousCaller } from '#app/http/caller_from'
import { sessionValueOf } from '#app/http/session_cookie'
import { signOut } from '#app/sessions/own_session'
import { verifySession } from '#app/sessions/verify_session'

/**
 * Signs out whoever was signed in here so far, once somebody else is, or the same person anew: the browser forgets that
 * value, and a session that nobody can end would go on.
 */
export async function endFormerSession(ctx: HttpContext) {
  const value = sessionValueOf(ctx)
  const former = value ? await verifySession(value) : null
  if (!former) return
  try {
    await signOut({ ...anonymousCaller(ctx), user: former.user }, {})
  } catch (error) {
    if (!(error instanceof Unauthenticated)) throw error
  }
}
