import { useCase } from '#app/core/use_case'
import { findUser } from '#app/users/find_user'
import { keepNewToken } from '#app/tokens/new_token'
import UserPolicy from '#app/users/user_policy'
import { UserIsDisabled } from '#app/users/user_problems'
import { createTokenValidator } from '#app/users/user_validator'

/** Makes a bearer token. Its value is in the answer and nowhere else: only the hash is kept. */
export const makeToken = useCase({
  name: 'tokens.create',
  status: 201,
  stepUp: true,
  input: createTokenValidator,
  find: ({ user }, { trx }) => findUser(user, trx),
  policy: [UserPolicy, 'makeToken'],
  async run({ subject: owner, trx, note }, input) {
    if (owner.isDisabled) throw new UserIsDisabled()
    const { token, value } = await keepNewToken(owner, input, trx)
    note({ owner: owner.uuid, abilities: input.abilities })
    return { token, value, auditIdentity: () => token.auditIdentity() }
  },
})
