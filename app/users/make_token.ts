import { AccessToken as Opaque } from '@adonisjs/auth/access_tokens'
import { now } from '#app/core/clock'
import { newUuid } from '#app/core/ids'
import { useCase } from '#app/core/use_case'
import AccessToken, { TOKEN_PREFIX } from '#app/users/access_token'
import { findUser } from '#app/users/find_user'
import UserPolicy from '#app/users/user_policy'
import { UserIsDisabled } from '#app/users/user_problems'
import { createTokenValidator } from '#app/users/user_validator'

/** Makes a bearer token. Its value is in the answer and nowhere else: only the hash is kept. */
export const makeToken = useCase({
  name: 'tokens.create',
  status: 201,
  input: createTokenValidator,
  find: ({ user }, { trx }) => findUser(user, trx),
  policy: [UserPolicy, 'makeToken'],
  async run({ subject: owner, trx, note }, input) {
    if (owner.isDisabled) throw new UserIsDisabled()
    const { secret, hash } = Opaque.seed(40)
    const at = now()
    const token = new AccessToken().useTransaction(trx).fill({
      uuid: newUuid(),
      tokenableId: owner.id,
      type: 'personal',
      name: input.name ?? null,
      hash,
      abilities: JSON.stringify(input.abilities),
      expiresAt: new Date(at.getTime() + input.expires_in * 1000),
      createdAt: at,
      updatedAt: at,
    })
    await token.save()
    note({ owner: owner.uuid, abilities: input.abilities })
    const value = new Opaque({ ...opaqueFields(token), prefix: TOKEN_PREFIX, secret }).value!.release()
    return { token, value, auditIdentity: () => token.auditIdentity() }
  },
})

function opaqueFields(token: AccessToken) {
  return {
    identifier: token.uuid,
    tokenableId: token.tokenableId,
    type: token.type,
    name: token.name,
    hash: token.hash,
    abilities: [],
    createdAt: token.createdAt,
    updatedAt: token.updatedAt,
    lastUsedAt: null,
    expiresAt: token.expiresAt,
  }
}
