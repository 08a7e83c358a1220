import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { now } from '#app/core/clock'
import { useCase } from '#app/core/use_case'
import { CodeInvalid, NoGenerator } from '#app/factors/factor_problems'
import FactorPolicy from '#app/factors/factor_policy'
import { codeValidator } from '#app/factors/factor_validator'
import { finishChange, lockOwn } from '#app/factors/own_factors'
import { makeRecoveryCodes } from '#app/factors/recovery_codes'
import { stepOfCode } from '#app/factors/totp'
import TotpSecret from '#app/factors/totp_secret'
import { limitTries } from '#app/throttles/limit_tries'
import { readConnection } from '#config/database'

/**
 * A code of the secret that was shown makes it count, and the session complete. It asks for no proof of its own, as only
 * who has just given one was shown the secret. New recovery codes come with it. Errors: CodeInvalid, NoGenerator.
 */
export const confirmTotp = useCase({
  name: 'factors.confirm_totp',
  input: codeValidator,
  prepare: ({ code }, { caller }) =>
    limitTries('second_factor', { account: caller.user.uuid, ip: caller.ip }, () =>
      findConfirmed({ id: caller.user.id ?? 0 }, code, db.connection(readConnection))
    ),
  find: (_, { caller, trx }) => lockOwn(caller, trx),
  policy: [FactorPolicy, 'change'],
  async run({ subject, trx }, { code }) {
    // Another secret may have been shown while this code was looked at.
    const { row, secret, step } = await findConfirmed(subject.user, code, trx)
    const at = now()
    await row.merge({ secret, lastStep: step, confirmedAt: at, updatedAt: at }).useTransaction(trx).save()
    const codes = await makeRecoveryCodes(subject.user, trx)
    return finishChange(subject, trx, { factorAt: at, confirmedAt: at }, codes)
  },
})

async function findConfirmed(user: { id: number }, code: string, client: QueryClientContract) {
  const row = await TotpSecret.of(user, client)
  const secret = row?.waiting
  if (!row || !secret) throw new NoGenerator()
  const step = stepOfCode(secret, code, null)
  if (step === null) throw new CodeInvalid('code')
  return { row, secret, step }
}
