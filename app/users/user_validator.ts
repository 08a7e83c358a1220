import vine from '@vinejs/vine'
import { emailAddress, line, paging, rowUuid, unlessNull } from '#app/core/rules'
import { chosenPassword } from '#app/accounts/password_strength'
import { isAbility } from '#app/tokens/access_token'

const name = () => line(160)
/** The e-mail or the uuid of a user. */
const who = () => vine.string().trim().minLength(3).maxLength(190)
const roleName = () =>
  vine
    .string()
    .trim()
    .regex(/^[a-z][a-z_]{1,63}$/)

/** What a new user may say; creating and importing share it. */
export const userFields = {
  name: name(),
  email: emailAddress().toLowerCase().nullable().optional(),
  password: chosenPassword().optional(),
  language: vine.enum(['fr', 'en']).optional(),
  roles: vine.array(roleName()).maxLength(20).optional(),
}

export const createUserValidator = vine.create(userFields)

/** Who calls is known; nothing can be asked. */
export const meValidator = vine.create({})

/** Null empties neither. */
export const changeProfileValidator = vine.create({
  name: name().use(unlessNull()).optional(),
  language: vine.enum(['fr', 'en']).use(unlessNull()).optional(),
})

export const disableUserValidator = vine.create({ user: who() })

export const openUserValidator = vine.create({ user: who() })

export const USER_STATES = ['active', 'disabled'] as const

export const listUsersValidator = vine.create({
  role: roleName().optional(),
  state: vine.enum(USER_STATES).optional(),
  ...paging(),
})

/** A role by its name, as an address has it: whether there is such a one is asked of the database. */
export const roleOfUserValidator = vine.create({
  user: who(),
  role: vine.string().regex(/^[a-z0-9_-]{1,64}$/),
})

export const grantValidator = vine.create({
  role: roleName().optional(),
  user: who().optional(),
  permission: vine
    .string()
    .regex(/^[a-z_]+\.[a-z_]+$/)
    .maxLength(64)
    .optional(),
})

const ability = vine.createRule((value, _options, field) => {
  if (!isAbility(value)) field.report('The {{ field }} is not an ability', 'ability', field)
})

const tokenFields = {
  abilities: vine.array(vine.string().use(ability())).minLength(1).maxLength(50),
  /** How long it lives, in seconds; one year at most. */
  expires_in: vine
    .number()
    .withoutDecimals()
    .range([60, 366 * 86_400]),
}

export const createTokenValidator = vine.create({ user: who(), name: name().optional(), ...tokenFields })
/** Somebody who looks at their tokens has to know which is which. */
export const makeOwnTokenValidator = vine.create({ name: name(), ...tokenFields })
export const listOwnTokensValidator = vine.create(paging())
export const endOwnTokenValidator = vine.create({ id: rowUuid() })

export const revokeTokenValidator = vine.create({ id: vine.string().uuid() })
