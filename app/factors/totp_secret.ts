import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import { TotpSecretSchema } from '#database/schema'
import type { SealedRow } from '#app/core/clinical_row'
import { now } from '#app/core/clock'
import { insertRows } from '#app/core/insert_rows'
import { newUuid } from '#app/core/ids'
import { activeDataKeys, newDataKey } from '#app/keys/data_keys'
import type { DataKey } from '#app/keys/field_crypto'

/* Somebody who has just been shown a secret scans it and types a code. */
const WAITS_MS = 30 * 60_000

const OWNER = '(select u.uuid from users u where u.id = totp_secrets.user_id) as user_uuid'

/**
 * What somebody's code generator knows too. Whoever changes their generator keeps the former one until the new one has
 * shown a code: both secrets are then in the one sealed text, with a space between, the one that counts first.
 * Sealed by a key of the account and not of a chart: most who have one are nobody's patient, and the two end apart.
 */
export default class TotpSecret extends TotpSecretSchema implements SealedRow {
  declare $dataKey?: DataKey

  keySubject() {
    return { type: 'user' as const, uuid: this.$extras.user_uuid as string }
  }

  static async of({ id }: { id: number }, client: QueryClientContract): Promise<TotpSecret | null> {
    return this.query({ client })
      .select('totp_secrets.*')
      .select(client.raw(OWNER) as never)
      .where('user_id', id)
      .first()
  }

  /** The secret whose codes are taken, in base32; null until one is confirmed. */
  get confirmed(): string | null {
    return this.confirmedAt ? this.secret!.split(' ')[0]! : null
  }

  /** The one that was shown and has to be confirmed; null where there is none, or when it has waited too long. */
  get waiting(): string | null {
    const isTooOld = this.updatedAt.getTime() + WAITS_MS <= now().getTime()
    const [first, second] = this.secret!.split(' ')
    return isTooOld ? null : ((this.confirmedAt ? second : first) ?? null)
  }
}

/** Keeps a new secret beside the one that counts, in place of one that was never confirmed. */
export async function keepWaiting(user: { id: number; uuid: string }, secret: string, trx: TransactionClientContract) {
  const kept = await TotpSecret.of(user, trx)
  const at = now()
  const row = kept ?? new TotpSecret().fill({ uuid: newUuid(), userId: user.id, createdAt: at })
  if (!kept) row.$dataKey = await dataKeyOf(user, trx)
  row.merge({ secret: kept?.confirmed ? `${kept.confirmed} ${secret}` : secret, updatedAt: at })
  await row.useTransaction(trx).save()
}

async function dataKeyOf({ uuid }: { uuid: string }, trx: TransactionClientContract): Promise<DataKey> {
  const kept = await activeDataKeys([uuid], trx, 'user')
  if (kept.has(uuid)) return kept.get(uuid)!
  const { dataKey, row } = await newDataKey('user', uuid, trx)
  await insertRows(trx, 'data_keys', [{ ...row }])
  return dataKey
}
