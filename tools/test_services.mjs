// npm run test:services: the suites that a database server and Redis could change, on private ones.
import { buildIfNeeded } from './build.mjs'
import { installDependencies } from './install.mjs'
import { close, runLanes, runSuites } from './run_suites.mjs'
import { environmentOf, startServices } from './services.mjs'
import { ensurePrograms, programNames } from './services/programs.mjs'
import { shareOut, someOf } from './share_out.mjs'

const SUITES = ['functional', 'contracts', 'services']
// About as long as all the rest.
const APART = ['functional/api', 'functional/fuzz', 'functional/keys']

// What an administrator does in a browser; how its pages look is no matter of the database.
const FLOWS = /\/back_office(?!_frame|_french|_hostile)\w*\.spec\.ts$/

const args = process.argv.slice(2)
// Each has servers of its own: some tests watch what else a server does, or make it lose its connections.
const lanes = args.length > 0 ? [{ suites: SUITES }] : [...shareOut(SUITES, APART), someOf('e2e', FLOWS)]

await installDependencies(undefined, { silent: true })
await buildIfNeeded({ silent: true })
const services = []
try {
  // What a test will start by itself must not be installed within its time.
  ensurePrograms(programNames, log)
  for (const lane of lanes) {
    const own = await startServices(undefined, { log, isForTests: true })
    services.push(own)
    lane.env = environmentOf(own)
    log(`MariaDB on ${own.mariadb.host}:${own.mariadb.port}, Redis on ${own.redis.url}`)
  }
} catch (error) {
  console.error(error.message)
  console.log('0 passed, 1 failed, 0 skipped')
  process.exit(1)
}
const result = args.length > 0 ? await runSuites(SUITES, args, { env: lanes[0].env }) : await runLanes(lanes)
await Promise.all(services.map(({ stop }) => stop()))
close(result)

function log(line) {
  console.log(`services: ${line}`)
}
