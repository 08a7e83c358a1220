import { createUser } from '#app/users/create_user'
import { callerOf } from '#tests/acting'
import type { Part } from '#tests/functional/api/example_world'

/** Somebody whom the example of the list finds by name. */
export const doctors: Part = async () => {
  await createUser(callerOf(), { name: 'Dr Awa Sow', roles: ['doctor'] })
  return {}
}
