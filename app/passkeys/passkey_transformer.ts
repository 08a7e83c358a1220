import { BaseTransformer } from '@adonisjs/core/transformers'
import type { Static } from 'typebox'
import { FactorChangeTransformer, factorChangeShape } from '#app/factors/factor_transformer'
import type { FactorChange } from '#app/factors/own_factors'
import type Passkey from '#app/passkeys/passkey'
import { instant, nullable, shape, text, uuid } from '#app/http/shapes'

export const passkeyShape = shape('Passkey', {
  id: uuid(),
  name: text(),
  created_at: instant(),
  last_used_at: nullable(instant()),
})

export const addedPasskeyShape = shape('AddedPasskey', { passkey: passkeyShape, ...factorChangeShape.properties })

export default class PasskeyTransformer extends BaseTransformer<Passkey> {
  toObject() {
    return passkeyData(this.resource)
  }
}

type Added = FactorChange & { passkey: Passkey; csrfToken: string }

/** What adding a passkey leaves: the change of the own factors, and the passkey. */
export class AddedPasskeyTransformer extends BaseTransformer<Added> {
  toObject() {
    return { passkey: passkeyData(this.resource.passkey), ...new FactorChangeTransformer(this.resource).toObject() }
  }
}

function passkeyData({ uuid: id, name, createdAt, lastUsedAt }: Passkey): Static<typeof passkeyShape> {
  return { id, name, created_at: createdAt.toISOString(), last_used_at: lastUsedAt?.toISOString() ?? null }
}
