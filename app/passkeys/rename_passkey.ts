import { now } from '#app/core/clock'
import { useCase } from '#app/core/use_case'
import FactorPolicy from '#app/factors/factor_policy'
import { findOwnPasskey } from '#app/passkeys/find_passkeys'
import { renamePasskeyValidator } from '#app/passkeys/passkey_validator'

/** Gives one of the own passkeys another name. */
export const renamePasskey = useCase({
  name: 'passkeys.rename',
  input: renamePasskeyValidator,
  find: ({ id }, { caller, trx }) => findOwnPasskey(id, caller.user, trx),
  policy: [FactorPolicy, 'own'],
  run: ({ subject, trx }, { name }) => subject.useTransaction(trx).merge({ name, updatedAt: now() }).save(),
})
