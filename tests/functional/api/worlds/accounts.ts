import db from '@adonisjs/lucid/services/db'
import { makeLink, type LinkPurpose } from '#app/accounts/account_link'
import { newUuid } from '#app/core/ids'
import { createUser } from '#app/users/create_user'
import type User from '#app/users/user'
import env from '#start/env'
import { callerOf } from '#tests/acting'
import type { Part } from '#tests/functional/api/example_world'

const anAddress = () => `example-${newUuid()}@example.org`

/** A link as it would stand in a mail to this account. */
const linkTo = (user: User, purpose: LinkPurpose, email = user.email!) =>
  db.transaction((trx) => makeLink({ purpose, userId: user.id, email, language: 'fr' }, trx))

export const accounts: Part = async ({ people }) => {
  // The examples are of an installation where patients register themselves.
  env.set('REGISTRATION', 'open')
  const invited = await createUser(callerOf(), { name: 'Ibrahima Fall', email: anAddress(), roles: ['nurse'] })
  return {
    invited: invited.uuid,
    newcomer: anAddress(),
    registrationLink: await db.transaction((trx) =>
      makeLink({ purpose: 'registration', userId: null, email: anAddress(), language: 'fr' }, trx)
    ),
    invitationLink: await linkTo(invited, 'invitation'),
    resetLink: await linkTo(people.doctor, 'password_reset'),
    emailLink: await linkTo(people.doctor, 'email_change', anAddress()),
  }
}
