import vine from '@vinejs/vine'
import { emailAddress, line, rowUuid } from '#app/core/rules'
import { chosenPassword } from '#app/accounts/password_strength'
import { typedPassword } from '#app/sessions/session_validator'
import { userFields } from '#app/users/user_validator'

const address = () => emailAddress().toLowerCase()
const language = () => vine.enum(['fr', 'en'])
/** The value of a mailed link. What nobody could have been sent is refused like any other that is not good. */
const token = () => vine.string().minLength(1).maxLength(128)

/** Of somebody who is not signed in: in which language they read, should nobody be known there. */
export const mailValidator = vine.create({ email: address(), language: language().optional() })

export const completeRegistrationValidator = vine.create({
  token: token(),
  name: line(160),
  password: chosenPassword(),
})

export const inviteValidator = vine.create({
  name: line(160),
  email: address(),
  roles: userFields.roles,
  language: language().optional(),
})

export const repeatInvitationValidator = vine.create({ user: rowUuid() })

/** A new password by a link: that of an invitation, or that for a forgotten one. */
export const passwordByLinkValidator = vine.create({ token: token(), password: chosenPassword() })

export const changePasswordValidator = vine.create({ current_password: typedPassword(), password: chosenPassword() })

export const changeEmailValidator = vine.create({ email: address() })

export const linkValidator = vine.create({ token: token() })

/** Whose account is known; nothing can be asked. */
export const closeAccountValidator = vine.create({})
