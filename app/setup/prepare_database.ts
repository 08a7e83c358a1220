import db from '@adonisjs/lucid/services/db'
import app from '@adonisjs/core/services/app'
import { keyring } from '#app/keys/keyring_service'
import { LocalKeyProvider } from '#app/keys/local_provider'
import { migrateDatabase, type Migrated } from '#app/setup/migrate_database'
import { seedRoles } from '#app/setup/seed_roles'
import { beginFirstEpoch } from '#app/sync/begin_epoch'
import env, { keyringFile } from '#start/env'

export interface Prepared {
  migrations: Migrated[]
  keyringMade: boolean
  roles: number
  permissions: number
}

/** Schema, keys, roles and the sync epoch. Run again, it makes nothing twice. */
export async function prepareDatabase(): Promise<Prepared> {
  const migrations = await migrateDatabase(db, app)
  const keyringMade = env.get('KEY_PROVIDER') === 'local' && (await LocalKeyProvider.create(keyringFile()))
  const seeded = await db.transaction(async (trx) => {
    await keyring().prepare(trx)
    await beginFirstEpoch(trx)
    return seedRoles(trx)
  })
  return { migrations, keyringMade, ...seeded }
}
