import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { now, toSqlInstant } from '#app/core/clock'
import Mail from '#app/mails/mail'
import { readConnection } from '#config/database'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** How long a mail belongs to whoever took it. A process that died in between gives it back so. */
const LEASE_MS = 5 * MINUTE
const LONGEST_WAIT_MS = 6 * HOUR
/** After that nobody waits for it any more. */
const PATIENCE_MS = 72 * HOUR

/** How many mails are looked at together. */
const BATCH = 20

/** What is due, the longest due first: what waits, and what somebody took and never finished. */
export function dueMails(): Promise<Mail[]> {
  return Mail.query({ connection: readConnection })
    .whereIn('state', ['waiting', 'sending'])
    .where('due_at', '<=', toSqlInstant(now()))
    .orderBy('due_at')
    .orderBy('id')
    .limit(BATCH)
}

/**
 * Takes a mail for this process: of several that try, one gets it. An attempt counts from here, so that a mail at which
 * processes die does not come back for ever.
 */
export async function takeMail(mail: Mail): Promise<boolean> {
  const taken = await db
    .from('mails')
    .where({ id: mail.id, state: mail.state, attempts: mail.attempts })
    .update({ ...stamped('sending'), attempts: mail.attempts + 1, due_at: toSqlInstant(later(LEASE_MS)) })
  if (Number(taken) !== 1) return false
  mail.merge({ state: 'sending', attempts: mail.attempts + 1 })
  return true
}

/** Holds a mail that this process has taken until the end of the transaction; false when it was recalled meanwhile. */
export async function holdMail({ id, attempts }: Mail, trx: TransactionClientContract): Promise<boolean> {
  const held = await trx.from('mails').where({ id, state: 'sending', attempts }).update({ state: 'sending' })
  return Number(held) === 1
}

/** The address is kept no longer than needed. */
export const markSent = (mail: Mail) =>
  finish(mail, { ...stamped('sent'), sent_at: toSqlInstant(now()), recipient: null, error: null })

export const markFailed = (mail: Mail, error: string) => finish(mail, { ...stamped('failed'), recipient: null, error })

export const postpone = (mail: Mail, error: string) =>
  finish(mail, { ...stamped('waiting'), error, due_at: toSqlInstant(later(waitAfter(mail.attempts))) })

/** 1, 2, 4 … minutes, at most six hours; in milliseconds. */
export function waitAfter(attempts: number): number {
  return Math.min(MINUTE * 2 ** (attempts - 1), LONGEST_WAIT_MS)
}

/** Whether another attempt would come too late. */
export function isTooLate(mail: Mail, wait = 0): boolean {
  return later(wait).getTime() > mail.createdAt.getTime() + PATIENCE_MS
}

/** Whoever took it too long ago has lost it: what became of it is another's to say. */
async function finish(mail: Mail, fields: Record<string, string | null>) {
  await db.from('mails').where({ id: mail.id, state: 'sending', attempts: mail.attempts }).update(fields)
}

const stamped = (state: string) => ({ state, updated_at: toSqlInstant(now()) })
const later = (milliseconds: number) => new Date(now().getTime() + milliseconds)
