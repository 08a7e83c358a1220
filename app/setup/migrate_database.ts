import { MigrationRunner } from '@adonisjs/lucid/migration'
import type { Database } from '@adonisjs/lucid/database'
import type { ApplicationService } from '@adonisjs/core/types'

export interface Migrated {
  name: string
  status: 'completed' | 'error' | 'pending'
}

/**
 * Brings the schema up, or down to nothing. Errors: whatever the database said, with the migration's name in the list.
 */
export async function migrateDatabase(
  db: Database,
  app: ApplicationService,
  { direction = 'up', dryRun = false }: { direction?: 'up' | 'down'; dryRun?: boolean } = {}
): Promise<Migrated[]> {
  const runner = new MigrationRunner(
    db,
    app,
    direction === 'up' ? { direction, dryRun } : { direction, dryRun, batch: 0 }
  )
  await runner.run()
  if (runner.error) throw runner.error
  const done = Object.values(runner.migratedFiles).map(({ file, status }) => ({
    name: file.name.split('/').pop()!,
    status,
  }))
  return done
}
