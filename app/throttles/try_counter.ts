import type { Bucket, Refusal } from '#app/throttles/bucket'

/** Something to be known for a while, such as an address from which an account was signed in to. */
export interface Remembered {
  key: string
  forMs: number
}

/** Where tries are counted. Several processes may take of the same buckets at the same moment. */
export interface TryCounter {
  /** Takes a try out of each bucket, or out of none. Answers null, or what refuses. */
  take(buckets: readonly Bucket[]): Promise<Refusal | null>
  /** Puts back the try that was taken of each bucket, and remembers what is said. */
  giveBack(buckets: readonly Bucket[], remembered?: Remembered): Promise<void>
  remembers(key: string): Promise<boolean>
}
