import { BaseTransformer } from '@adonisjs/core/transformers'
import type { Static } from 'typebox'
import { choice, instant, listOf, nullable, shape, text, uuid } from '#app/http/shapes'
import type User from '#app/users/user'
import { USER_STATES } from '#app/users/user_validator'

export const userShape = shape('User', {
  id: uuid(),
  name: text(),
  email: nullable(text()),
  language: choice(['fr', 'en']),
  state: choice(USER_STATES),
  roles: listOf(text()),
  /** Those given in person, beside what the roles allow. */
  permissions: listOf(text()),
  email_verified_at: nullable(instant()),
  disabled_at: nullable(instant()),
  created_at: instant(),
})

/** An account as whoever looks after accounts sees it. */
export default class UserTransformer extends BaseTransformer<User> {
  toObject(): Static<typeof userShape> {
    const user = this.resource
    return {
      id: user.uuid,
      name: user.name,
      email: user.email,
      language: user.language,
      state: user.isDisabled ? 'disabled' : 'active',
      roles: user.roles.map(({ name }) => name).sort(),
      permissions: user.permissions.map(({ name }) => name).sort(),
      email_verified_at: user.emailVerifiedAt?.toISOString() ?? null,
      disabled_at: user.disabledAt?.toISOString() ?? null,
      created_at: user.createdAt.toISOString(),
    }
  }
}
