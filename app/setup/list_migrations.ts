import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { MigrationRunner } from '@adonisjs/lucid/migration'

/** Names of the migrations that were applied, and of those that wait, each in its order. */
export async function listMigrations(): Promise<{ applied: string[]; pending: string[] }> {
  const list = await new MigrationRunner(db, app, { direction: 'up' }).getList()
  const named = (isApplied: boolean) =>
    list.filter(({ status }) => (status === 'migrated') === isApplied).map(({ name }) => name.split('/').pop()!)
  return { applied: named(true), pending: named(false) }
}
