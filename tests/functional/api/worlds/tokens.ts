import { makeToken } from '#app/tokens/make_token'
import { callerOf } from '#tests/acting'
import type { Part } from '#tests/functional/api/example_world'

const A_MONTH = 30 * 86_400

/** The doctor has a token for a program of theirs. */
export const tokens: Part = async ({ people: { doctor } }) => {
  const wanted = { user: doctor.uuid, name: 'Agenda du service', abilities: ['patients.view'], expires_in: A_MONTH }
  const { token } = await makeToken(callerOf(), wanted)
  return { token: token.uuid }
}
