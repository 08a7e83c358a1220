import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { listMigrations } from '#app/setup/list_migrations'
import { migrateDatabase, type Migrated } from '#app/setup/migrate_database'
import { prepareDatabase } from '#app/setup/prepare_database'

/** The schema up, with the keys and roles that it needs, or down to nothing; a dry run only names the migrations. */
export async function changeSchema({
  direction,
  dryRun,
}: {
  direction: 'up' | 'down'
  dryRun: boolean
}): Promise<Migrated[]> {
  if (dryRun) {
    const { applied, pending } = await listMigrations()
    const names = direction === 'up' ? pending : applied.reverse()
    return names.map((name) => ({ name, status: 'pending' }))
  }
  if (direction === 'down') return migrateDatabase(db, app, { direction })
  const { migrations } = await prepareDatabase()
  return migrations
}
