import { pathToFileURL } from 'node:url'
import { isAbsolute, resolve } from 'node:path'
import { Env, errors } from '@adonisjs/core/env'
import { trustedProxies } from '#start/trusted_proxies'

/** The folder that holds `.env` and the default data folder: the checkout, or wherever MEDINFO_HOME points. */
export const HOME = resolve(process.env.MEDINFO_HOME ?? process.cwd())

/**
 * The only reader of the process' environment. `.env.example` explains every key.
 * Errors: a missing or malformed key stops the start with its name.
 */
const env = await Env.create(pathToFileURL(`${HOME}/`), {
  NODE_ENV: Env.schema.enum.optional(['development', 'production', 'test'] as const),
  APP_NAME: Env.schema.string.optional(),
  APP_ENV: Env.schema.enum(['local', 'staging', 'production', 'test'] as const),
  APP_KEY: Env.schema.secret(),
  APP_URL: Env.schema.string.optional({ format: 'url', tld: false }),
  HOST: Env.schema.string({ format: 'host' }),
  PORT: Env.schema.number(),
  TLS_OWN_AUTHORITY: Env.schema.boolean.optional(),
  TLS_CERT: Env.schema.string.optional(),
  TLS_KEY: Env.schema.string.optional(),
  LOG_LEVEL: Env.schema.string.optional(),
  METRICS_TOKEN: Env.schema.secret.optional(),
  TRUST_PROXY: Env.schema.string.optional(),
  DATA_DIR: Env.schema.string.optional(),
  DB_CONNECTION: Env.schema.enum(['sqlite', 'mysql'] as const),
  DB_DSN: Env.schema.string.optional(),
  DB_HOST: Env.schema.string.optional(),
  DB_PORT: Env.schema.number.optional(),
  DB_DATABASE: Env.schema.string.optional(),
  DB_USERNAME: Env.schema.string.optional(),
  DB_PASSWORD: Env.schema.string.optional(),
  REDIS_URL: Env.schema.string.optional(),
  REDIS_HOST: Env.schema.string.optional(),
  REDIS_PORT: Env.schema.number.optional(),
  REDIS_PASSWORD: Env.schema.string.optional(),
  SESSION_DRIVER: Env.schema.enum.optional(['database', 'redis'] as const),
  MAIL_DSN: Env.schema.string.optional(),
  MAIL_FROM: Env.schema.string.optional(),
  KEY_PROVIDER: Env.schema.enum(['local', 'kms'] as const),
  KEYRING_FILE: Env.schema.string.optional(),
  KMS_KEY_ID: Env.schema.string.optional(),
  KMS_ENDPOINT: Env.schema.string.optional({ format: 'url', tld: false }),
  AWS_REGION: Env.schema.string.optional(),
  AUDIT_ANCHORS: Env.schema.string.optional(),
  AUDIT_ANCHOR_DAYS: Env.schema.number.optional(),
  S3_ACCESS_KEY_ID: Env.schema.string.optional(),
  S3_SECRET_ACCESS_KEY: Env.schema.secret.optional(),
  S3_REGION: Env.schema.string.optional(),
  S3_ENDPOINT: Env.schema.string.optional({ format: 'url', tld: false }),
  NATIONAL_ID_COUNTRY: Env.schema.string.optional(),
  REGISTRATION: Env.schema.enum.optional(['invitation', 'open', 'closed'] as const),
  BACK_OFFICE: Env.schema.enum.optional(['on', 'off'] as const),
  IMPORT_UPLOAD_LIMIT: Env.schema.number.optional(),
  API_REQUESTS_PER_MINUTE: Env.schema.number.optional(),
  LOOKUPS_PER_MINUTE: Env.schema.number.optional(),
  FAILED_REQUESTS_PER_MINUTE: Env.schema.number.optional(),
  SIGN_IN_TRIES_PER_ACCOUNT: Env.schema.number.optional(),
  SIGN_IN_TRIES_PER_ADDRESS: Env.schema.number.optional(),
  SIGN_IN_TRIES_IN_ALL: Env.schema.number.optional(),
  MAIL_REQUESTS_PER_HOUR: Env.schema.number.optional(),
  CORRECTION_WINDOW_HOURS: Env.schema.number.optional(),
  EMERGENCY_ACCESS_HOURS: Env.schema.number.optional(),
})

export default env

/** Whether this address is a proxy of ours. A malformed TRUST_PROXY stops the start too. */
export const isTrustedProxy = trustedProxies(env.get('TRUST_PROXY'))

/** Where the database, the keyring and later the attachments live. Absolute, so that compiled code finds it too. */
export function dataDir(): string {
  const dir = env.get('DATA_DIR') || './data'
  return isAbsolute(dir) ? dir : resolve(HOME, dir)
}

export function sqliteFile(): string {
  const named = env.get('DB_CONNECTION') === 'sqlite' ? env.get('DB_DATABASE') : undefined
  return resolve(dataDir(), named || 'medinfo.sqlite')
}

export function keyringFile(): string {
  return resolve(dataDir(), env.get('KEYRING_FILE') || 'keys/keyring.json')
}

/** Bytes that one person may have sent to the back office to be imported; set in mebibytes. */
export const uploadLimit = (): number => env.get('IMPORT_UPLOAD_LIMIT', 512) * 1024 * 1024

/** Places outside of the database that keep the audit's checkpoints. */
export function auditAnchors(): string[] {
  return [
    ...new Set(
      env
        .get('AUDIT_ANCHORS', '')
        .split(/[\s,]+/)
        .filter(Boolean)
    ),
  ]
}

/** The files of a certificate that somebody else vouches for, and of its key; null without. */
export function givenCertificate(): { cert: string; key: string } | null {
  const [cert, key] = [env.get('TLS_CERT'), env.get('TLS_KEY')]
  return cert && key ? { cert: resolve(HOME, cert), key: resolve(HOME, key) } : null
}

/** Whether TLS is done here with a certificate of an authority made here, which nobody trusts who was not told to. */
export function isOwnAuthority(): boolean {
  return Boolean(env.get('TLS_OWN_AUTHORITY')) && givenCertificate() === null
}

export function tlsFolder(): string {
  return resolve(dataDir(), 'tls')
}

/** Where mails land while no server is named. */
export function mailsFolder(): string {
  return resolve(dataDir(), 'mails')
}

/** `DB_DSN` (mysql://user:password@host:port/database) wins over the single keys. */
export function mysqlSettings() {
  const dsn = env.get('DB_DSN')
  if (dsn) {
    const url = new URL(dsn)
    return {
      host: url.hostname,
      port: Number(url.port || 3306),
      user: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
      database: url.pathname.slice(1),
    }
  }
  return {
    host: env.get('DB_HOST', '127.0.0.1'),
    port: env.get('DB_PORT', 3306),
    user: env.get('DB_USERNAME', 'medinfo'),
    password: env.get('DB_PASSWORD', ''),
    database: env.get('DB_DATABASE', 'medinfo'),
  }
}

/** Null without Redis: the embedded default needs none. */
export function redisSettings() {
  const url = env.get('REDIS_URL')
  if (url) {
    const { hostname, port, username, password, pathname } = new URL(url)
    return {
      host: hostname,
      port: Number(port || 6379),
      username: decodeURIComponent(username) || undefined,
      password: decodeURIComponent(password) || undefined,
      db: Number(pathname.slice(1) || 0),
    }
  }
  const host = env.get('REDIS_HOST')
  return host ? { host, port: env.get('REDIS_PORT', 6379), password: env.get('REDIS_PASSWORD') || undefined } : null
}

if (env.get('SESSION_DRIVER') === 'redis' && !redisSettings()) {
  const refused = new errors.E_INVALID_ENV_VARIABLES()
  refused.help = '- SESSION_DRIVER=redis needs REDIS_URL or REDIS_HOST'
  throw refused
}

const metricsToken = env.get('METRICS_TOKEN')?.release()

if (metricsToken && metricsToken.length < 16) {
  const refused = new errors.E_INVALID_ENV_VARIABLES()
  refused.help = '- METRICS_TOKEN needs at least 16 characters'
  throw refused
}

if (Boolean(env.get('TLS_CERT')) !== Boolean(env.get('TLS_KEY'))) {
  const refused = new errors.E_INVALID_ENV_VARIABLES()
  refused.help = '- TLS_CERT and TLS_KEY need each other'
  throw refused
}

if (env.get('KEY_PROVIDER') === 'kms') {
  const [keyId, region] = [env.get('KMS_KEY_ID'), env.get('AWS_REGION')]
  const isPlaced = region || keyId?.startsWith('arn:')
  if (!keyId || !isPlaced) {
    const refused = new errors.E_INVALID_ENV_VARIABLES()
    refused.help = `- KEY_PROVIDER=kms needs ${keyId ? 'AWS_REGION, or the ARN of the key in KMS_KEY_ID' : 'KMS_KEY_ID'}`
    throw refused
  }
}

for (const place of auditAnchors()) {
  if (/^(file:.|s3:\/\/.|syslog\+(tcp|udp):\/\/.)/.test(place)) continue
  const refused = new errors.E_INVALID_ENV_VARIABLES()
  refused.help = `- AUDIT_ANCHORS names ${place}, which is no file:, s3://, syslog+tcp:// or syslog+udp://`
  throw refused
}
