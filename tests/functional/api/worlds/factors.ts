import type { ExampleRole } from '#app/http/operation'
import { newSecret } from '#app/factors/totp'
import type { Part } from '#tests/functional/api/example_world'
import { codeOf, giveGenerator, giveWaiting } from '#tests/functional/factors/some_factor'

const WITHOUT: ExampleRole[] = ['reception']
const WAITING: ExampleRole[] = ['admin', 'doctor', 'nurse', 'reception', 'patient']

/** One generator for everybody but the reception, so that one code is right for whoever sends; and a new one that waits. */
export const factors: Part = async ({ people }) => {
  const [secret, waiting] = [newSecret(), newSecret()]
  for (const [role, user] of Object.entries(people)) {
    if (!WITHOUT.includes(role as ExampleRole)) await giveGenerator(user, secret)
    if (WAITING.includes(role as ExampleRole)) await giveWaiting(user, waiting)
  }
  // The next step's, which is taken for longer than this one's.
  return { totpCode: codeOf(secret, 1), newTotpCode: codeOf(waiting, 1) }
}
