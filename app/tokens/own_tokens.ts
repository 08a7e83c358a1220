import { now } from '#app/core/clock'
import { pageOf, type Page } from '#app/core/keyset'
import { readCase } from '#app/core/read_case'
import { useCase } from '#app/core/use_case'
import { findOwnSession } from '#app/sessions/own_session'
import AccessToken from '#app/tokens/access_token'
import { keepNewToken } from '#app/tokens/new_token'
import UserPolicy from '#app/users/user_policy'
import { AbilityNotHeld, FactorNeeded } from '#app/users/user_problems'
import { endOwnTokenValidator, listOwnTokensValidator, makeOwnTokenValidator } from '#app/users/user_validator'

const NEWEST = { list: 'own_tokens', column: 'created_at', kind: 'instant', direction: 'desc' } as const

/** The caller's tokens that nobody has ended, those past their time too: which program still has one is worth knowing. */
export const listOwnTokens = readCase({
  name: 'tokens.list_own',
  input: listOwnTokensValidator,
  find: () => null,
  policy: [UserPolicy, 'haveTokens'],
  details: ({ rows }: Page<AccessToken>) => ({ uuids: rows.map(({ uuid }) => uuid) }),
  run({ caller, client }, page) {
    const own = { tokenable_id: caller.user.id ?? 0 }
    const query = AccessToken.query({ client }).select('access_tokens.*').where(own).whereNull('revoked_at')
    return pageOf(query, 'access_tokens', NEWEST, page)
  },
})

/**
 * Makes a token for the caller's own programs. Its abilities are among what the caller may at this moment; `*` is all
 * that they may at any moment. Errors: FactorNeeded, AbilityNotHeld.
 */
export const makeOwnToken = useCase({
  name: 'tokens.create_own',
  told: { done: 'tokens.create', refused: 'tokens.create' },
  status: 201,
  stepUp: true,
  input: makeOwnTokenValidator,
  find: (_, { caller, trx }) => findOwnSession(caller, trx),
  policy: [UserPolicy, 'haveTokens'],
  async run({ subject: { session, user }, caller, trx, note }, input) {
    const missing = user.signIn.missing ?? (session.factorAt ? null : 'enrolment')
    if (missing) throw new FactorNeeded(missing)
    const strange = input.abilities.findIndex((ability) => ability !== '*' && !caller.user.can(ability))
    if (strange >= 0) throw new AbilityNotHeld(strange)
    const { token, value } = await keepNewToken(user, input, trx)
    note({ owner: user.uuid, abilities: input.abilities })
    return { token, value, auditIdentity: () => token.auditIdentity() }
  },
})

/** Ends one of the caller's tokens at once. Errors: Lucid's own for one that is another's, unknown, or ended before. */
export const endOwnToken = useCase({
  name: 'tokens.end_own',
  told: { done: 'tokens.revoke', refused: 'tokens.revoke' },
  input: endOwnTokenValidator,
  find: ({ id }, { caller, trx }) =>
    AccessToken.query({ client: trx })
      .where({ uuid: id, tokenable_id: caller.user.id ?? 0 })
      .whereNull('revoked_at')
      .forUpdate()
      .firstOrFail(),
  policy: [UserPolicy, 'haveTokens'],
  async run({ subject: token, trx }) {
    const at = now()
    await token.useTransaction(trx).merge({ revokedAt: at, updatedAt: at }).save()
    return token
  },
})
