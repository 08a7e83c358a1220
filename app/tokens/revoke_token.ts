import { now } from '#app/core/clock'
import { useCase } from '#app/core/use_case'
import AccessToken from '#app/tokens/access_token'
import UserPolicy from '#app/users/user_policy'
import { revokeTokenValidator } from '#app/users/user_validator'

/** Ends a token at once; the row stays, so that the audit can name it. */
export const revokeToken = useCase({
  name: 'tokens.revoke',
  input: revokeTokenValidator,
  find: async ({ id }, { trx }) => {
    const token = await AccessToken.query({ client: trx }).where('uuid', id).firstOrFail()
    return { id: token.tokenableId, token, auditIdentity: () => token.auditIdentity() }
  },
  policy: [UserPolicy, 'makeToken'],
  async run({ subject: { token }, trx }) {
    if (!token.revokedAt) await token.useTransaction(trx).merge({ revokedAt: now(), updatedAt: now() }).save()
    return token
  },
})
