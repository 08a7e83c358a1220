import { once } from 'node:events'
import { mkdir, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { resolve } from 'node:path'

/**
 * Settings of a test run: a fresh data folder, SQLite unless DB_CONNECTION says otherwise, no file of the developer's.
 * It runs before the application reads its environment.
 */
export async function prepareTestEnvironment() {
  // Whoever runs the suites may have a faster place for it.
  const dataDir = resolve(process.env.MEDINFO_TEST_FOLDER ?? 'tmp', `test-${process.pid}`)
  await rm(dataDir, { recursive: true, force: true })
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const settings: Record<string, string> = {
    NODE_ENV: 'test',
    APP_ENV: 'test',
    APP_NAME: 'MedInfo',
    APP_KEY: 'for-tests-only-0123456789abcdef0123',
    HOST: '127.0.0.1',
    PORT: String(await freePort()),
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
    DB_CONNECTION: process.env.DB_CONNECTION ?? 'sqlite',
    DATA_DIR: dataDir,
    SESSION_DRIVER: 'database',
    KEY_PROVIDER: 'local',
    KEYRING_FILE: 'keys/keyring.json',
    NATIONAL_ID_COUNTRY: 'generic',
    API_REQUESTS_PER_MINUTE: '1000000',
    LOOKUPS_PER_MINUTE: '1000000',
    FAILED_REQUESTS_PER_MINUTE: '1000000',
    SIGN_IN_TRIES_PER_ACCOUNT: '1000000',
    SIGN_IN_TRIES_PER_ADDRESS: '1000000',
    SIGN_IN_TRIES_IN_ALL: '1000000',
    MAIL_REQUESTS_PER_HOUR: '1000000',
  }
  // What a test wants of these it sets itself; a developer's own would send real mails.
  for (const name of ['APP_URL', 'TRUST_PROXY', 'MAIL_DSN', 'MAIL_FROM', 'REGISTRATION', 'AUDIT_ANCHORS'])
    delete process.env[name]
  Object.assign(process.env, settings)
  if (settings.DB_CONNECTION === 'sqlite') process.env.DB_DATABASE = ''
  // Points the reader of `.env` at a folder that has none.
  process.env.ENV_PATH = dataDir
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}
