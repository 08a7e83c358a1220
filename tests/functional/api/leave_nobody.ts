import db from '@adonisjs/lucid/services/db'

/**
 * For a group that makes people by the thousand: once it is over they have no roles any more and their emergencies are
 * gone, so that the lists that other tests read stay as short as those of a clinic.
 */
export async function leaveNobody(): Promise<() => Promise<void>> {
  const [people, alerts] = [await lastOf('users'), await lastOf('alerts')]
  return async () => {
    await db.from('user_roles').where('user_id', '>', people).delete()
    await db.from('alerts').where('id', '>', alerts).delete()
  }
}

async function lastOf(table: string): Promise<number> {
  const { last } = await db.from(table).max('id as last').firstOrFail()
  return last ?? 0
}
