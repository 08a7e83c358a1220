import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { defineConfig } from '@adonisjs/lucid'
import env, { mysqlSettings, sqliteFile } from '#start/env'

// An error that quotes the whole statement would write names and dates of birth into the log.
const discreet = { compileSqlOnError: false }
const paths = { migrations: { naturalSort: true, paths: ['database/migrations'] } }

/* The write lock of SQLite is one per file: one connection writes, readers have their own and never wait for it. */
const pragmas = (readonly: boolean) => (connection: any, done: (error: Error | null, connection: unknown) => void) => {
  if (!readonly) connection.pragma('journal_mode = WAL')
  connection.pragma('synchronous = FULL')
  connection.pragma('foreign_keys = ON')
  // Without it a REPLACE deletes a row past the trigger that refuses it.
  connection.pragma('recursive_triggers = ON')
  connection.pragma('busy_timeout = 10000')
  done(null, connection)
}

/* MySQL cuts GROUP_CONCAT at 1,024 bytes by default, which would drop permissions without a word. */
const mysqlSession = (connection: any, done: (error: Error | null, connection: unknown) => void) =>
  connection.query(
    "set session group_concat_max_len = 65536, time_zone = '+00:00', sql_mode = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'",
    (error: Error | null) => done(error, connection)
  )

if (env.get('DB_CONNECTION') === 'sqlite') mkdirSync(dirname(sqliteFile()), { recursive: true, mode: 0o700 })

export default defineConfig({
  connection: env.get('DB_CONNECTION'),
  prettyPrintDebugQueries: false,
  connections: {
    sqlite: {
      ...discreet,
      client: 'better-sqlite3',
      connection: { filename: sqliteFile() },
      useNullAsDefault: true,
      pool: { min: 1, max: 1, acquireTimeoutMillis: 30_000, afterCreate: pragmas(false) },
      schemaGeneration: { enabled: true, rulesPaths: ['./database/schema_rules.ts'] },
      ...paths,
    },
    sqlite_read: {
      ...discreet,
      client: 'better-sqlite3',
      connection: { filename: sqliteFile(), options: { readonly: true } } as any,
      useNullAsDefault: true,
      pool: { min: 0, max: 4, afterCreate: pragmas(true) },
    },
    mysql: {
      ...discreet,
      client: 'mysql2',
      connection: {
        ...mysqlSettings(),
        charset: 'utf8mb4',
        timezone: 'Z',
        dateStrings: true,
        supportBigNumbers: true,
      } as any,
      pool: { min: 2, max: 20, acquireTimeoutMillis: 30_000, afterCreate: mysqlSession },
      ...paths,
    },
  },
})

/** The connection on which nothing is written: SQLite's own readers, the same pool elsewhere. */
export const readConnection = env.get('DB_CONNECTION') === 'sqlite' ? 'sqlite_read' : 'mysql'
