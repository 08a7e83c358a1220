import { EXAMPLE } from '#app/http/example_ids'
import type { Operations } from '#app/http/operation'
import { beginTotp } from '#app/factors/begin_totp'
import { confirmPerson } from '#app/factors/confirm_person'
import { confirmTotp } from '#app/factors/confirm_totp'
import { factorChangeShape, factorsShape, newTotpShape, resetFactorsShape } from '#app/factors/factor_transformer'
import { openFactors } from '#app/factors/open_factors'
import { proveSecondFactor } from '#app/factors/prove_second_factor'
import { removeTotp } from '#app/factors/remove_totp'
import { renewRecoveryCodes } from '#app/factors/renew_recovery_codes'
import { resetFactors } from '#app/factors/reset_factors'
import { ownSessionShape } from '#app/sessions/session_transformer'

/** None of anybody's in the world of the examples, but by a chance of three in a million. */
const WRONG = { code: '000000' }

export const factorOperations: Operations = {
  'second_factors.store': {
    gate: proveSecondFactor,
    admits: 'pending',
    answer: { one: ownSessionShape },
    as: 'doctor',
    example: { body: { code: EXAMPLE.totpCode } },
    problems: { code_invalid: { body: WRONG } },
    alsoRefused: ['too_many_tries'],
  },
  'session_confirmations.store': {
    gate: confirmPerson,
    admits: 'pending',
    answer: { one: ownSessionShape },
    as: 'doctor',
    example: { body: { code: EXAMPLE.totpCode } },
    problems: {
      code_invalid: { body: WRONG },
      factor_needed: { body: { password: EXAMPLE.password } },
      password_wrong: { as: 'reception', body: { password: 'ce-n-est-pas-le-bon' } },
    },
    alsoRefused: ['too_many_tries'],
  },
  'factors.show': { gate: openFactors, admits: 'pending', answer: { one: factorsShape }, as: 'doctor', example: {} },
  'totp.store': { gate: beginTotp, admits: 'pending', answer: { one: newTotpShape }, as: 'doctor', example: {} },
  'totp_confirmations.store': {
    gate: confirmTotp,
    admits: 'pending',
    answer: { one: factorChangeShape },
    as: 'doctor',
    example: { body: { code: EXAMPLE.newTotpCode } },
    problems: { code_invalid: { body: WRONG }, no_generator: { as: 'lab', body: WRONG } },
    alsoRefused: ['too_many_tries'],
  },
  'totp.destroy': {
    gate: removeTotp,
    admits: 'pending',
    answer: { one: factorChangeShape },
    as: 'patient',
    example: {},
    problems: { last_factor: { as: 'nurse' }, no_generator: { as: 'reception' } },
  },
  'recovery_codes.store': {
    gate: renewRecoveryCodes,
    admits: 'pending',
    answer: { one: factorChangeShape },
    as: 'doctor',
    example: {},
    problems: { no_factor: { as: 'reception' } },
  },
  'factors.destroy': {
    gate: resetFactors,
    admits: 'session',
    answer: { one: resetFactorsShape },
    as: 'admin',
    example: { params: { user: EXAMPLE.colleague } },
  },
}
