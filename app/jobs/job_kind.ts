import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Caller } from '#app/core/caller'

/** How far a job is. `total` is null while nobody knows. */
export interface JobProgress {
  done: number
  total: number | null
}

/** What a kind's `run` is given: a job that this process, and no other, has in hand. */
export interface RunningJob<Payload = unknown, Position = unknown> {
  readonly uuid: string
  readonly payload: Payload
  /** Where the last process that had it in hand stopped; null at its beginning. */
  readonly position: Position | null
  readonly done: number
  /** Whoever asked for it, with what they may by now; `via` is 'job'. */
  readonly caller: Caller
  /** Aborts when the server ends or the job is another's: finish the step in hand, and return. */
  readonly signal: AbortSignal
  /**
   * To be called once in the transaction of each step, best at its start: the step is then done once or not at all.
   * Errors: LeaseLost when another process has it in hand by now; to be let through.
   */
  advance(trx: TransactionClientContract, step: { position: Position; done: number; total?: number }): Promise<void>
}

/** Work that goes on where it stopped. To be listed in app/jobs/kinds.ts. */
export interface JobKind<Payload = unknown, Position = unknown> {
  readonly kind: `${string}.${string}`
  /**
   * Does what is left of it. A return while `signal` is aborted leaves the rest to the next process; any other means that
   * all is done. A step that is done and not told (`advance`) is done again.
   */
  run(job: RunningJob<Payload, Position>): Promise<void>
}
