import db from '@adonisjs/lucid/services/db'
import { beginSession } from '#app/sessions/begin_session'
import User from '#app/users/user'
import { callerOf } from '#tests/acting'
import type { Part } from '#tests/functional/api/example_world'

/** The doctor and the colleague have each signed in elsewhere. */
export const sessions: Part = async ({ people, values }) => {
  const begun = async (user: User) => {
    const { session } = await beginSession({ user, withFactor: true }, callerOf(user), db.connection())
    return session.uuid
  }
  await begun(await User.findByOrFail('uuid', values.colleague!))
  return { session: await begun(people.doctor) }
}
