// npm test: everything that needs no server, with coverage. Arguments go to Japa:
//   npm test -- unit --files token      one suite, the files whose name ends so
import { buildIfNeeded } from './build.mjs'
import { printFloors } from './coverage_floors.mjs'
import { installDependencies } from './install.mjs'
import { close, runSuites } from './run_suites.mjs'

const SUITES = ['unit', 'functional', 'contracts', 'e2e', 'services']
const NEED_SERVERS = ['services']

const args = process.argv.slice(2)
const named = args.filter((arg) => SUITES.includes(arg))
const suites = named.length > 0 ? named : SUITES.filter((suite) => !NEED_SERVERS.includes(suite))
const filters = args.filter((arg) => !SUITES.includes(arg))
const isWhole = args.length === 0

await installDependencies(undefined, { silent: true })
// The command line and the browser are tested on compiled output, which must not be yesterday's.
if (suites.some((suite) => suite !== 'unit')) await buildIfNeeded({ silent: true })
const result = await runSuites(suites, filters, { coverage: isWhole })
if (isWhole && !printFloors()) {
  result.counts.failed += 1
  result.ok = false
}
close(result)
