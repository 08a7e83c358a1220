/* How far the clocks of two servers that count together may be apart. */
export const SKEW_MS = 60_000

/** So many tries at once, and one more each `everyMs`. */
export interface Bucket {
  key: string
  burst: number
  everyMs: number
}

/** Which buckets were empty, and how long it takes until each has a try again. */
export interface Refusal {
  keys: string[]
  waitMs: number
}

/**
 * The generic cell rate algorithm (ITU-T I.371, annex A): all that is kept of a bucket is the instant at which it is full
 * again, in milliseconds since 1970. A try moves that instant by `everyMs`, and is refused when it would lie further
 * ahead than a whole bucket. With 5 at once and one each 3 min, five tries at noon move it to 12:15; a sixth would move
 * it to 12:18 and has to wait until 12:03. An instant that has passed says as much as none, and so
 * does one further ahead than a whole bucket: it was written while the clock was wrong, and nobody came in until then.
 */
export function fullAfterTry(bucket: Bucket, fullAt: number | undefined, at: number): number {
  const isCounted = fullAt !== undefined && fullAt > at && fullAt <= at + sizeOf(bucket) + SKEW_MS
  return (isCounted ? fullAt : at) + bucket.everyMs
}

/** Whether one of these buckets refuses a try now; null when all have one. */
export function refusalOf(buckets: readonly Bucket[], fullAt: ReadonlyMap<string, number>, at: number): Refusal | null {
  const waits = buckets.map((bucket) => fullAfterTry(bucket, fullAt.get(bucket.key), at) - at - sizeOf(bucket))
  const keys = buckets.filter((_, index) => waits[index]! > 0).map(({ key }) => key)
  return keys.length ? { keys, waitMs: Math.max(...waits) } : null
}

const sizeOf = ({ burst, everyMs }: Bucket) => burst * everyMs
