import { BaseTransformer } from '@adonisjs/core/transformers'
import type { Static } from 'typebox'
import { choice, instant, listOf, nullable, shape, text, uuid } from '#app/http/shapes'
import type User from '#app/users/user'

/** An account, to whoever made it or holds its link. */
export const accountShape = shape('Account', {
  id: uuid(),
  name: text(),
  email: nullable(text()),
  language: choice(['fr', 'en']),
  roles: listOf(text()),
})

export default class AccountTransformer extends BaseTransformer<User> {
  toObject(): Static<typeof accountShape> {
    const { uuid: id, name, email, language, roleNames } = this.resource
    return { id, name, email, language, roles: [...roleNames].sort() }
  }
}

/** A mail is on its way to this address. It says what the answer does not: whether there is an account. */
export const mailedShape = shape('Mailed', { email: text() })

export class MailedTransformer extends BaseTransformer<{ email: string }> {
  toObject(): Static<typeof mailedShape> {
    return { email: this.resource.email }
  }
}

/** Whose password or address it now is; nobody is signed in by that. */
export const changedAccountShape = shape('ChangedAccount', { id: uuid(), changed_at: instant() })

export class ChangedAccountTransformer extends BaseTransformer<User> {
  toObject(): Static<typeof changedAccountShape> {
    return { id: this.resource.uuid, changed_at: this.resource.updatedAt.toISOString() }
  }
}
