import vine from '@vinejs/vine'
import type { FieldContext } from '@vinejs/vine/types'
import { typedPassword } from '#app/sessions/session_validator'

/** Six digits, as a generator shows them or in two groups. */
const code = () =>
  vine
    .string()
    .trim()
    .regex(/^\d{3} ?\d{3}$/)

const recoveryCode = () =>
  vine
    .string()
    .trim()
    .regex(/^[A-Za-z2-7]{4}([ -]?[A-Za-z2-7]{4}){3}$/)

const eitherOf = vine.createRule((_value, [one, other]: [string, string], field: FieldContext) => {
  if (field.parent[one] !== undefined && field.parent[other] !== undefined)
    field.report('The {{ field }} stands for another field', 'one_of_two', field)
})

/** Who calls is known; nothing can be asked. */
export const ownFactorsValidator = vine.create({})

export const codeValidator = vine.create({ code: code() })

export const secondFactorValidator = vine.create({
  code: code().optional().requiredIfMissing('recovery_code'),
  recovery_code: recoveryCode()
    .use(eitherOf(['code', 'recovery_code']))
    .optional(),
})

export const confirmationValidator = vine.create({
  code: code()
    .use(eitherOf(['code', 'password']))
    .optional()
    .requiredIfMissing('password'),
  password: typedPassword().optional(),
})

/** The e-mail or the uuid of a user. */
const who = () => vine.string().trim().minLength(3).maxLength(190)

export const enrolGeneratorValidator = vine.create({ user: who() })
export const resetFactorsValidator = vine.create({ user: who() })
