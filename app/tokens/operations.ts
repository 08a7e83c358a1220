import { EXAMPLE } from '#app/http/example_ids'
import type { Operations } from '#app/http/operation'
import { endOwnToken, listOwnTokens, makeOwnToken } from '#app/tokens/own_tokens'
import { newTokenShape, tokenShape } from '#app/tokens/token_transformer'

const A_MONTH = 30 * 86_400

export const tokenOperations: Operations = {
  'own_tokens.index': {
    gate: listOwnTokens,
    admits: 'session',
    answer: { many: tokenShape },
    as: 'doctor',
    example: {},
  },
  'own_tokens.store': {
    gate: makeOwnToken,
    admits: 'session',
    answer: { one: newTokenShape },
    as: 'doctor',
    example: { body: { name: 'Agenda du service', abilities: ['*'], expires_in: A_MONTH } },
    problems: {
      ability_not_held: { body: { name: 'Agenda du service', abilities: ['users.view'], expires_in: A_MONTH } },
    },
  },
  'own_tokens.destroy': {
    gate: endOwnToken,
    admits: 'session',
    answer: { one: tokenShape },
    as: 'doctor',
    example: { params: { id: EXAMPLE.token } },
  },
}
