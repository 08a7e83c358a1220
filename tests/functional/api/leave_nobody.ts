import db from '@adonisjs/lucid/services/db'

/**
 * For a group that makes people by the thousand: once it is over they have no roles any more, so that the lists of
 * clinicians that other tests read stay as short as those of a clinic.
 */
export async function leaveNobody(): Promise<() => Promise<void>> {
  const { last } = await db.from('users').max('id as last').firstOrFail()
  return async () => {
    await db
      .from('user_roles')
      .where('user_id', '>', last ?? 0)
      .delete()
  }
}
