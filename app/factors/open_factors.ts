import { readCase } from '#app/core/read_case'
import { factorsOf } from '#app/factors/own_factors'
import FactorPolicy from '#app/factors/factor_policy'
import { ownFactorsValidator } from '#app/factors/factor_validator'
import { findOwnSession } from '#app/sessions/own_session'

/** Which factors the caller has, and how many recovery codes are left. */
export const openFactors = readCase({
  name: 'factors.open',
  input: ownFactorsValidator,
  find: (_, { caller, client }) => findOwnSession(caller, client),
  policy: [FactorPolicy, 'own'],
  run: async ({ subject: { user }, client }) => ({
    ...(await factorsOf(user, client)),
    auditIdentity: () => ({ entity: 'user', entityUuid: user.uuid, patientUuid: null }),
  }),
})
