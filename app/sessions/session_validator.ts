import vine from '@vinejs/vine'
import { emailAddress } from '#app/core/rules'

/** Any password is looked at that somebody could have chosen; the rules for a new one are elsewhere. */
export const typedPassword = () => vine.string().minLength(1).maxLength(256)

export const signInValidator = vine.create({
  email: emailAddress().toLowerCase(),
  password: typedPassword(),
})

/** Who asks is known by the session; nothing can be asked. */
export const ownSessionValidator = vine.create({})
