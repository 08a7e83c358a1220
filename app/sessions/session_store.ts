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

/** More sessions than this at once nobody looks at. */
export const MOST_LISTED = 100
/** Those of everybody: a clinic has fewer. */
export const MOST_OF_ALL = 10_000

/**
 * Where sessions are kept. Whether one still lives is not asked here: `session_life.ts` decides it. `client` is the
 * gate's transaction where there is one; a store outside of the database takes back what it did when that is rolled back.
 * Errors: SessionsUnavailable, or the database's own.
 */
export interface SessionStore {
  find(hash: string, client: QueryClientContract): Promise<KeptSession | null>
  /** By its public id, of this person only. */
  findOf(userId: number, uuid: string, client: QueryClientContract): Promise<KeptSession | null>
  add(session: KeptSession, client: QueryClientContract): Promise<void>
  /**
   * Writes the changed session under its new `hash`; the former value opens nothing any more. One that was ended since it
   * was read stays ended.
   */
  replace(formerHash: string, session: KeptSession, client: QueryClientContract): Promise<void>
  /** Notes when sessions were last seen, by their hash. One that is over meanwhile stays over. */
  touch(seen: ReadonlyMap<string, Date>, client: QueryClientContract): Promise<void>
  /** A person's newest sessions, the newest first; those that are over may be among them. */
  listOf(userId: number, client: QueryClientContract): Promise<KeptSession[]>
  /** Everybody's, up to `MOST_OF_ALL`, the last seen first; those that are over may be among them. */
  listAll(client: QueryClientContract): Promise<KeptSession[]>
  /** By its public id, whose ever it is. */
  findAny(uuid: string, client: QueryClientContract): Promise<KeptSession | null>
  /** Under whatever value it has by now. */
  end(session: KeptSession, client: QueryClientContract): Promise<void>
  /** Ends all of this session's person but this one. Answers how many. */
  endOthers(session: KeptSession, client: QueryClientContract): Promise<number>
  /** Forgets all of a person's, which a new epoch has ended. A store that forgets by itself may leave it at that. */
  forgetAllOf(userId: number, client: QueryClientContract): Promise<void>
  /** Forgets what was over at this moment. Answers how many went. */
  sweep(at: Date, client: QueryClientContract): Promise<number>
}
