import type { Actor } from '#app/core/actor'

declare module '@adonisjs/core/http' {
  interface HttpContext {
    /** Who calls, once a middleware has found out. */
    actor?: Actor
    /** What the session's cookie holds, where the caller signed in. */
    sessionValue?: string
    locale: 'fr' | 'en'
  }
}
