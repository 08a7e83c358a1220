import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { MigrationRunner } from '@adonisjs/lucid/migration'
import type { ConnectionConfig } from '@adonisjs/lucid/types/database'
import { dataDir } from '#start/env'

const NAME = 'scratch'
const SCHEMA = 'medinfo_scratch'

/** Runs `work` on an empty database of the engine in use: another file, or another schema of the same server. */
export async function withScratchDatabase(work: (connection: string) => Promise<void>) {
  const isMysql = db.connection().dialect.name === 'mysql'
  const { connection, ...config } = db.manager.get(db.primaryConnectionName)!.config as any
  const file = join(dataDir(), 'scratch.sqlite')
  if (isMysql) await recreateSchema()
  const target = isMysql ? { ...connection, database: SCHEMA } : { ...connection, filename: file }
  db.manager.add(NAME, { ...config, connection: target } as ConnectionConfig)
  try {
    await work(NAME)
  } finally {
    await db.manager.close(NAME, true)
    if (isMysql) await db.rawQuery(`drop database ${SCHEMA}`)
    else for (const suffix of ['', '-wal', '-shm']) await rm(file + suffix, { force: true })
  }
}

async function recreateSchema() {
  await db.rawQuery(`drop database if exists ${SCHEMA}`)
  await db.rawQuery(`create database ${SCHEMA}`)
}

/** Up to the last migration, or down to nothing; answers the SQL of each file where it is a dry run. */
export async function migrate(connectionName: string, direction: 'up' | 'down', dryRun = false): Promise<string[]> {
  const more = direction === 'down' ? { batch: 0 } : {}
  const runner = new MigrationRunner(db, app, { direction, connectionName, dryRun, ...more } as never)
  await runner.run()
  if (runner.error) throw runner.error
  return Object.values(runner.migratedFiles).flatMap(({ queries }) => queries)
}
