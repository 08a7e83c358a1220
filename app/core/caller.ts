import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Actor } from '#app/core/actor'
import type { Refusal } from '#app/audit/audit_entry'

export type Door = 'api' | 'sync' | 'admin' | 'cli' | 'job'

/** Who acts, and through which door. The only thing a use-case knows of the outside. */
export interface Caller {
  user: Actor
  via: Door
  requestId: string
  ip: string | null
  userAgent: string | null
  /** Why, where a door asks for it and the gate's input has no place for it: the audit's details keep it. */
  reason?: string
  /** Method and route pattern, never the filled path, for the audit. */
  route?: { method: string; pattern: string }
  /** Set when the door has already opened a transaction, so that its own bookkeeping commits with ours. */
  trx?: OwnedTransaction
}

/** A transaction with the refusals that happened inside it, which its owner writes once it is rolled back or committed. */
export interface OwnedTransaction {
  client: TransactionClientContract
  refusals: Refusal[]
  /** Audit numbers taken inside, which a rollback gives back. */
  numbers: number[]
  /** The deadlock or busy database met inside, after which nothing may be committed any more. */
  broken?: unknown
}
