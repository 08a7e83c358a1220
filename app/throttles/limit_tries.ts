import logger from '@adonisjs/core/services/logger'
import { loggable } from '#app/core/loggable'
import { Problem, Unavailable } from '#app/core/problem'
import { toProblem } from '#app/core/to_problem'
import type { Bucket } from '#app/throttles/bucket'
import { steadyCounter } from '#app/throttles/steady_counter'
import { TooManyTries } from '#app/throttles/throttle_problems'
import {
  bucketsOfRequest,
  bucketsOfTry,
  knownPlaceKey,
  type Buckets,
  type Trier,
  type TryKind,
} from '#app/throttles/try_kinds'

export type { Trier, TryKind } from '#app/throttles/try_kinds'

const KNOWN_FOR_MS = 30 * 24 * 3_600_000

/**
 * Makes an attempt that must not be made too often, such as a password: its try is taken before, so that concurrent ones
 * cannot pass together, and given back when it succeeds or could not be made at all. Only refusals count. Never to be
 * called inside of a transaction. Errors: TooManyTries, before anything is done; Unavailable where nobody can count.
 */
export async function limitTries<T>(kind: TryKind, who: Trier, attempt: () => Promise<T>): Promise<T> {
  const place = knownPlaceKey(kind, who)
  const taken = await takeTry(bucketsOfTry(kind, who), place)
  try {
    const result = await attempt()
    await giveBack(taken, place)
    return result
  } catch (error) {
    const problem = toProblem(error)
    if (!(problem instanceof Problem && problem.status < 500)) await giveBack(taken, null)
    throw error
  }
}

/** Counts a request whatever comes of it, for what sends mails. Errors: TooManyTries; Unavailable. */
export async function limitRequests(kind: 'mail', who: Trier): Promise<void> {
  const refusal = await take(bucketsOfRequest(kind, who))
  if (refusal) throw new TooManyTries(refusal)
}

/**
 * Somebody far away can empty the account's bucket, and everybody's, for as long as they like: from where the account was
 * signed in to before, only the buckets of that place count.
 */
async function takeTry({ near, far }: Buckets, place: string | null): Promise<Bucket[]> {
  const refusal = await take([...near, ...far])
  if (!refusal) return [...near, ...far]
  const isFarOnly = refusal.keys.every((key) => far.some((bucket) => bucket.key === key))
  if (!place || !isFarOnly || !(await counted(() => steadyCounter.remembers(place)))) throw new TooManyTries(refusal)
  const nearRefusal = await take(near)
  if (nearRefusal) throw new TooManyTries(nearRefusal)
  return near
}

const take = (buckets: Bucket[]) => counted(() => steadyCounter.take(buckets))

/** What was attempted stands, whether or not its try could be given back. */
async function giveBack(buckets: Bucket[], place: string | null) {
  try {
    await steadyCounter.giveBack(buckets, place ? { key: place, forMs: KNOWN_FOR_MS } : undefined)
  } catch (error) {
    logger.warn({ err: loggable(error) }, 'a try was not given back')
  }
}

/** Nobody is let in uncounted. */
async function counted<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw new Unavailable('database_unavailable', { cause: error })
  }
}
