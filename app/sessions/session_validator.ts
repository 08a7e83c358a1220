import vine from '@vinejs/vine'
import { emailAddress, rowUuid } from '#app/core/rules'

/** Any password is looked at that somebody could have chosen (app/accounts/password_strength.ts), in the same form (NFC). */
export const typedPassword = () =>
  vine
    .string()
    .minLength(1)
    .maxLength(256)
    .transform((text) => text.normalize('NFC'))

export const signInValidator = vine.create({
  email: emailAddress().toLowerCase(),
  password: typedPassword(),
})

/** Who asks is known by the session; nothing can be asked. */
export const ownSessionValidator = vine.create({})

export const endOwnSessionValidator = vine.create({ id: rowUuid() })

/** Whose: the uuid, or the e-mail for the command line. */
export const sessionsOfValidator = vine.create({ user: vine.string().trim().minLength(3).maxLength(190) })

export const endSessionValidator = vine.create({ id: rowUuid() })
