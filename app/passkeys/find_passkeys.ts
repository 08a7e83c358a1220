import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import { readCase } from '#app/core/read_case'
import FactorPolicy from '#app/factors/factor_policy'
import Passkey from '#app/passkeys/passkey'
import { listPasskeysValidator } from '#app/passkeys/passkey_validator'

/** Somebody's passkeys, the eldest first. */
export function passkeysOf(userId: number, client: QueryClientContract): Promise<Passkey[]> {
  return Passkey.query({ client }).where('user_id', userId).orderBy('id')
}

/** Somebody else's is none. */
export function findOwnPasskey(
  uuid: string,
  { id }: { id: number | null },
  trx: TransactionClientContract
): Promise<Passkey> {
  return Passkey.query({ client: trx })
    .where({ uuid, userId: id ?? 0 })
    .firstOrFail()
}

/** The own passkeys; nobody has so many that they need pages. */
export const listPasskeys = readCase({
  name: 'passkeys.list',
  input: listPasskeysValidator,
  find: () => null,
  policy: [FactorPolicy, 'own'],
  run: async ({ caller, client }) => ({ rows: await passkeysOf(caller.user.id!, client), nextCursor: null }),
  details: ({ rows }) => ({ passkeys: rows.map(({ uuid }) => uuid) }),
})
