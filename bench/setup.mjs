import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import mysql from 'mysql2/promise'
import { requireNode24 } from '../tools/node24.mjs'
import { projectRoot } from '../tools/project.mjs'
import { environmentOf, startServices } from '../tools/services.mjs'

/**
 * A folder, a private MariaDB and an environment in which the compiled application runs against it; with `sqlite` no
 * server, and its file in the folder.
 */
export async function prepareBench({ database = 'mysql', ...more } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'medinfo-bench-'))
  const services = database === 'mysql' ? await startServices(['mariadb']) : { stop: () => {} }
  const settings = {
    DB_CONNECTION: database,
    ...environmentOf(services),
    MEDINFO_HOME: folder,
    DATA_DIR: join(folder, 'data'),
    ENV_PATH: folder,
    NODE_ENV: 'production',
    APP_ENV: 'local',
    APP_KEY: 'for-benchmarks-only-0123456789abcdef',
    HOST: '127.0.0.1',
    PORT: String(await freePort()),
    LOG_LEVEL: 'warn',
    KEY_PROVIDER: 'local',
    API_REQUESTS_PER_MINUTE: '100000000',
    LOOKUPS_PER_MINUTE: '100000000',
    ...more,
  }
  const env = { ...process.env, ...settings }
  const node = requireNode24(projectRoot)
  const bench = {
    folder,
    env,
    settings,
    node,
    mariadb: services.mariadb,
    /** Runs the compiled command line and answers what it printed. Exit code 1 of an import tells of rejected rows. */
    medinfo(...args) {
      const { status, stdout } = spawnSync(join(projectRoot, 'bin/medinfo'), args, {
        env,
        encoding: 'utf8',
        maxBuffer: 1 << 28,
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      if (status > 1 || (status === 1 && args[0] !== 'import'))
        throw new Error(`medinfo ${args.join(' ')} ended with ${status}\n${stdout}`)
      return stdout
    },
    /** A token of a new user with this role. */
    tokenOf(role) {
      const email = `${role}@example.org`
      bench.medinfo('user', 'create', '--name', role, '--email', email, '--role', role, '--json')
      const made = bench.medinfo('token', 'create', '--user', email, '--abilities', '*', '--expires', '24h', '--json')
      return JSON.parse(made).token
    },
    /** The folder of a clinic that is invented. */
    sampleOf(patients, visits = 0) {
      const sample = join(folder, 'sample')
      const script = join(projectRoot, 'tools/make_sample.mjs')
      execFileSync(node, [script, '--patients', String(patients), '--visits', String(visits), '--out', sample])
      return sample
    },
    /** Imports so many patients; answers `{ uuid }` of each whose chart is not retired. */
    async importPatients(patients) {
      bench.medinfo('import', '--mapping', 'clinique', '--file', bench.sampleOf(patients), '--json')
      const db = await bench.connect()
      const [people] = await db.query('select uuid from patients where retired_at is null')
      await db.end()
      return people
    },
    connect() {
      const { host, port, user, password } = services.mariadb
      return mysql.createConnection({ host, port, user, password, database: settings.DB_DATABASE })
    },
    start: (script, more = {}) =>
      spawn(node, [script], { env: { ...env, ...more }, stdio: ['ignore', 'inherit', 'inherit'] }),
    async end() {
      await services.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  return bench
}

export function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}

/** `--name value` pairs of the command line. */
export function options(defaults) {
  const given = { ...defaults }
  for (let index = 2; index < process.argv.length; index += 2)
    given[process.argv[index].replace(/^--/, '')] = process.argv[index + 1]
  return given
}
