import type { QueryClientContract } from '@adonisjs/lucid/types/database'

/** A signed-in browser. The cookie's value is nowhere: `hash` is its SHA-256, in hexadecimal. */
export interface KeptSession {
  uuid: string
  hash: string
  userId: number
  /** That of the user when it began; once theirs is another, the session is over. */
  signInEpoch: number
  /** When a second factor or a passkey was last proven; null until then. */
  factorAt: Date | null
  /** When the strongest factor that the person has was last proven. */
  confirmedAt: Date | null
  ipAddress: string | null
  userAgent: string | null
  createdAt: Date
  lastSeenAt: Date
  /** The end of its life, whatever happens. */
  expiresAt: Date
}

/**
 * Where sessions are kept. Whether one still lives is not asked here: `session_life.ts` decides it. `client` is the
 * gate's transaction where there is one; a store outside of the database has no use for it.
 */
export interface SessionStore {
  find(hash: string, client: QueryClientContract): Promise<KeptSession | null>
  add(session: KeptSession, client: QueryClientContract): Promise<void>
  /** Writes the changed session under its new `hash`; the former value opens nothing any more. */
  replace(formerHash: string, session: KeptSession, client: QueryClientContract): Promise<void>
  /** Notes when sessions were last seen, by their hash. One that is over meanwhile stays over. */
  touch(seen: ReadonlyMap<string, Date>, client: QueryClientContract): Promise<void>
  /** A person's sessions, the newest first. */
  listOf(userId: number, client: QueryClientContract): Promise<KeptSession[]>
  end(session: KeptSession, client: QueryClientContract): Promise<void>
  /** Forgets what is past its end. Answers how many went. */
  sweep(before: Date, client: QueryClientContract): Promise<number>
}
