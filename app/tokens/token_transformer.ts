import { BaseTransformer } from '@adonisjs/core/transformers'
import type { Static } from 'typebox'
import { instant, listOf, nullable, shape, text, uuid } from '#app/http/shapes'
import type AccessToken from '#app/tokens/access_token'

const told = {
  id: uuid(),
  name: nullable(text()),
  /** `*` for all that its owner may, else names of permissions. */
  abilities: listOf(text()),
  expires_at: nullable(instant()),
  last_used_at: nullable(instant()),
  created_at: instant(),
}

export const tokenShape = shape('Token', told)

export const newTokenShape = shape('NewToken', {
  ...told,
  /** Shown in this answer and never again. */
  value: text(),
})

export default class TokenTransformer extends BaseTransformer<AccessToken> {
  toObject(): Static<typeof tokenShape> {
    return tokenData(this.resource)
  }
}

export class NewTokenTransformer extends BaseTransformer<{ token: AccessToken; value: string }> {
  toObject(): Static<typeof newTokenShape> {
    const { token, value } = this.resource
    return { ...tokenData(token), value }
  }
}

function tokenData(token: AccessToken): Static<typeof tokenShape> {
  return {
    id: token.uuid,
    name: token.name,
    abilities: JSON.parse(token.abilities) as string[],
    expires_at: token.expiresAt?.toISOString() ?? null,
    last_used_at: token.lastUsedAt?.toISOString() ?? null,
    created_at: token.createdAt.toISOString(),
  }
}
