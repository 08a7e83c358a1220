import { AccessToken as Opaque } from '@adonisjs/auth/access_tokens'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { now } from '#app/core/clock'
import { newUuid } from '#app/core/ids'
import AccessToken, { TOKEN_PREFIX } from '#app/tokens/access_token'

interface Wanted {
  name?: string
  abilities: string[]
  /** In seconds. */
  expires_in: number
}

/** A token and its value, which is in this answer and nowhere else: only the hash is kept. */
export async function keepNewToken(
  owner: { id: number },
  { name, abilities, expires_in }: Wanted,
  trx: TransactionClientContract
): Promise<{ token: AccessToken; value: string }> {
  const { secret, hash } = Opaque.seed(40)
  const at = now()
  const token = new AccessToken().useTransaction(trx).fill({
    uuid: newUuid(),
    tokenableId: owner.id,
    type: 'personal',
    name: name ?? null,
    hash,
    abilities: JSON.stringify(abilities),
    expiresAt: new Date(at.getTime() + expires_in * 1000),
    lastUsedAt: null,
    createdAt: at,
    updatedAt: at,
  })
  await token.save()
  return { token, value: new Opaque({ ...opaqueFields(token), prefix: TOKEN_PREFIX, secret }).value!.release() }
}

function opaqueFields({ uuid, tokenableId, type, name, hash, createdAt, updatedAt, expiresAt }: AccessToken) {
  return {
    identifier: uuid,
    ...{ tokenableId, type, name, hash, createdAt, updatedAt, expiresAt },
    abilities: [],
    lastUsedAt: null,
  }
}
