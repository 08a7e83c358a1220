// npm run test:services: the suites that a database server and Redis could change, on private ones.
import { buildIfNeeded } from './build.mjs'
import { installDependencies } from './install.mjs'
import { close, runSuites } from './run_suites.mjs'
import { environmentOf, startServices } from './services.mjs'
import { ensurePrograms, programNames } from './services/programs.mjs'

const SUITES = ['functional', 'contracts', 'services']

await installDependencies(undefined, { silent: true })
await buildIfNeeded({ silent: true })
const services = await start().catch((error) => {
  console.error(error.message)
  console.log('0 passed, 1 failed, 0 skipped')
  process.exit(1)
})
const { mariadb, redis } = services
console.log(`services: MariaDB on ${mariadb.host}:${mariadb.port}, Redis on ${redis.url}`)
const result = await runSuites(SUITES, process.argv.slice(2), { env: environmentOf(services) })
await services.stop()
close(result)

async function start() {
  const log = (line) => console.log(`services: ${line}`)
  // What a test will start by itself must not be installed within its time.
  ensurePrograms(programNames, log)
  return startServices(undefined, { log })
}
