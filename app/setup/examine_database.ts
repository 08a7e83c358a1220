import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { selectRows } from '#app/core/insert_rows'
import { KeyProviderUnavailable } from '#app/keys/key_provider'
import { keyring } from '#app/keys/keyring_service'
import { examineAudit } from '#app/setup/examine_audit'
import { examineJobs } from '#app/setup/examine_jobs'
import { examineMails } from '#app/setup/examine_mails'
import { found, type Finding } from '#app/setup/finding'
import { listMigrations } from '#app/setup/list_migrations'
import { redisSettings } from '#start/env'

/** What only the booted application can say. */
export async function examineDatabase(): Promise<Finding[]> {
  const client = db.connection()
  const reached = await checkReachable(client)
  if (!reached.ok) return [reached, ...(await checkRedis())]
  const settings = client.dialect.name === 'mysql' ? await checkMysql(client) : await checkSqlite(client)
  const { pending } = await listMigrations()
  const migrations = found('migrations', pending.length ? 'pending' : 'ok', { names: pending.join(', ') })
  const whenMigrated = migrations.ok
    ? [
        await checkKeys(),
        ...(await examineMails(client)),
        ...(await examineAudit(client)),
        ...(await examineJobs(client)),
      ]
    : []
  return [reached, ...settings, migrations, ...whenMigrated, ...(await checkRedis())]
}

async function checkReachable(client: QueryClientContract): Promise<Finding> {
  const sql = client.dialect.name === 'mysql' ? 'select version() as version' : 'select sqlite_version() as version'
  try {
    const [row] = await selectRows<{ version: string }>(client, sql)
    return found('database', 'ok', { product: productOf(client, row!.version), version: row!.version })
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return found('database', 'unreachable', { reason: code ?? message })
  }
}

function productOf(client: QueryClientContract, version: string) {
  if (client.dialect.name !== 'mysql') return 'SQLite'
  return /mariadb/i.test(version) ? 'MariaDB' : 'MySQL'
}

/** What was committed survives a power cut only with these. */
async function checkSqlite(client: QueryClientContract): Promise<Finding[]> {
  const [journal] = await selectRows<{ journal_mode: string }>(client, 'pragma journal_mode')
  const [sync] = await selectRows<{ synchronous: number }>(client, 'pragma synchronous')
  return [sqliteDurability(journal!.journal_mode, sync!.synchronous)]
}

export function sqliteDurability(journal: string, synchronous: number): Finding {
  return found('durability', journal === 'wal' && synchronous >= 2 ? 'ok' : 'sqlite_unsafe', {
    settings: `journal_mode=${journal}, synchronous=${synchronous}`,
  })
}

export interface MysqlVariables {
  version: string
  sql_mode: string
  charset: string
  flush: number
  log_bin: number
  sync_binlog: number
}

async function checkMysql(client: QueryClientContract): Promise<Finding[]> {
  const [row] = await selectRows<MysqlVariables>(
    client,
    `select version() as version, @@session.sql_mode as sql_mode, @@character_set_database as charset,
       @@innodb_flush_log_at_trx_commit as flush, @@log_bin as log_bin, @@sync_binlog as sync_binlog`
  )
  return mysqlFindings(row!)
}

/** Oldest releases on which the suite runs. */
const OLDEST = { MariaDB: [10, 11], MySQL: [8, 4] } as const

export function mysqlFindings(variables: MysqlVariables): Finding[] {
  const { version, sql_mode: mode, charset, flush, log_bin: binlog, sync_binlog: sync } = variables
  const product = /mariadb/i.test(version) ? 'MariaDB' : 'MySQL'
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [oldestMajor, oldestMinor] = OLDEST[product]
  const isOld = major < oldestMajor || (major === oldestMajor && minor < oldestMinor)
  const isSafe = Number(flush) === 1 && (!Number(binlog) || Number(sync) === 1)
  return [
    found('database_version', isOld ? 'too_old' : 'ok', { product, version, oldest: `${oldestMajor}.${oldestMinor}` }),
    found('strict_mode', /STRICT_(TRANS|ALL)_TABLES/.test(mode) ? 'ok' : 'lax', { mode }),
    found('charset', charset === 'utf8mb4' ? 'ok' : 'other', { charset }),
    found('durability', isSafe ? 'ok' : 'mysql_unsafe', {
      settings: `innodb_flush_log_at_trx_commit=${flush}, sync_binlog=${sync}`,
    }),
  ]
}

/** The keyring, or the key of KMS, may be there and be another installation's. */
async function checkKeys(): Promise<Finding> {
  try {
    await keyring().root('audit_mac')
    await keyring().active()
    // The keys may still open by a former provider: what is to be written is wrapped by this one.
    await keyring().provider.activeUri()
    return found('keys', 'ok')
  } catch (error) {
    const isMissing = error instanceof Error && error.message.includes('medinfo migrate')
    if (isMissing || keyring().provider.name === 'local') return found('keys', isMissing ? 'missing' : 'do_not_fit')
    return found('keys', error instanceof KeyProviderUnavailable ? 'kms_silent' : 'kms_does_not_fit')
  }
}

async function checkRedis(): Promise<Finding[]> {
  const settings = redisSettings()
  if (!settings) return []
  const { RedisConnection } = await import('@adonisjs/redis')
  // The answer is wanted now, not after twenty attempts.
  const { ioConnection: client } = new RedisConnection('doctor', {
    ...settings,
    lazyConnect: true,
    retryStrategy: () => null,
  })
  let reason = ''
  client.on('error', (error: NodeJS.ErrnoException) => (reason ||= error.code ?? error.message))
  try {
    await client.ping()
    return [found('redis', 'ok', { host: settings.host })]
  } catch (error) {
    return [found('redis', 'unreachable', { host: settings.host, reason: reason || (error as Error).message })]
  } finally {
    client.disconnect()
  }
}
