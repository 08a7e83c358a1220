import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Caller } from '#app/core/caller'
import { now, toSqlInstant } from '#app/core/clock'
import { Unauthenticated } from '#app/core/problem'
import { selectRows } from '#app/core/insert_rows'
import { LastFactor } from '#app/factors/factor_problems'
import { queueMail } from '#app/mails/queue_mail'
import { renewSession } from '#app/sessions/begin_session'
import { findOwnSession, ofSession, type OwnSession } from '#app/sessions/own_session'
import type { KeptSession } from '#app/sessions/session_store'
import { userOfSession } from '#app/sessions/session_user'
import { withGrants } from '#app/users/grants'
import User from '#app/users/user'

/** Somebody who looks after their own account, and the session in which they do. */
export interface Own {
  user: User
  session: KeptSession
  auditIdentity: User['auditIdentity']
}

/** Which factors somebody has. */
export interface Factors {
  totpSince: Date | null
  passkeys: number
  recoveryCodesLeft: number
  recoveryCodesSince: Date | null
}

/** What comes of a change of one's own factors: the session goes on under a new value, with what is told this once. */
export interface FactorChange {
  own: OwnSession
  factors: Factors
  recoveryCodes: string[] | null
  auditIdentity: User['auditIdentity']
}

/**
 * The caller, for a change of their factors: one change at a time, as two that take one away each would leave none. The
 * first statement of its transaction, since MariaDB goes on reading what it has read before.
 */
export async function lockOwn(caller: Caller, trx: TransactionClientContract): Promise<Own> {
  const user = await User.query({ client: trx })
    .where('id', caller.user.id ?? 0)
    .forUpdate()
    .first()
  const { session } = await findOwnSession(caller, trx)
  return { user: user!, session, auditIdentity: () => user!.auditIdentity() }
}

export async function factorsOf({ id }: { id: number }, client: QueryClientContract): Promise<Factors> {
  const codes = 'from recovery_codes c where c.user_id = u.id'
  const [row] = await selectRows<Record<string, string | number | null>>(
    client,
    `select (select t.confirmed_at from totp_secrets t where t.user_id = u.id) as totp_since,
       (select count(*) from passkeys k where k.user_id = u.id) as passkeys,
       (select count(*) ${codes} and c.used_at is null) as codes_left, (select max(c.created_at) ${codes}) as codes_since
     from users u where u.id = ?`,
    [id]
  )
  const instantOf = (text: unknown) => (text ? new Date(`${String(text).replace(' ', 'T')}Z`) : null)
  return {
    totpSince: instantOf(row!.totp_since),
    passkeys: Number(row!.passkeys),
    recoveryCodesLeft: Number(row!.codes_left),
    recoveryCodesSince: instantOf(row!.codes_since),
  }
}

export const countFactors = ({ totpSince, passkeys }: Factors) => (totpSince ? 1 : 0) + passkeys

/** Before one is taken away. `user` is locked. Errors: LastFactor, for staff. */
export async function refuseLastFactor(user: User, trx: TransactionClientContract) {
  if (countFactors(await factorsOf(user, trx)) > 1) return
  const { permissionNames } = await withGrants(user, trx)
  if (permissionNames.size > 0) throw new LastFactor()
}

/**
 * What every change of one's own factors brings: all sessions end, but for this one, which goes on with what it has proven
 * besides; and a mail says so. Errors: Unauthenticated, when something else has ended this one too.
 */
export async function finishChange(
  { user, session, auditIdentity }: Own,
  trx: TransactionClientContract,
  proven: Partial<Pick<KeptSession, 'factorAt' | 'confirmedAt'>> = {},
  recoveryCodes: string[] | null = null
): Promise<FactorChange> {
  const signInEpoch = session.signInEpoch + 1
  const moved = await trx
    .from('users')
    .where({ id: user.id, sign_in_epoch: session.signInEpoch })
    .update({ sign_in_epoch: signInEpoch, updated_at: toSqlInstant(now()) })
  if (Number(moved) !== 1) throw new Unauthenticated('session_over')
  const renewed = await renewSession(session, { ...proven, signInEpoch }, trx)
  const person = (await userOfSession(renewed.session, trx))!
  await tellFactorsChanged(user, trx)
  return { own: ofSession(renewed, person), factors: await factorsOf(user, trx), recoveryCodes, auditIdentity }
}

export async function tellFactorsChanged({ id, email, language }: User, trx: TransactionClientContract) {
  if (email) await queueMail({ kind: 'factors_changed', userId: id, recipient: email, language }, trx)
}
