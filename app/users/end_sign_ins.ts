import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

/** All sessions of this person are over on their next request: whatever changes who they are or what they may does this. */
export async function endSignIns({ id }: { id: number }, trx: TransactionClientContract) {
  await trx.from('users').where('id', id).increment('sign_in_epoch', 1)
}
