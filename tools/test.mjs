// npm test: everything that needs no server, with coverage. Arguments go to Japa:
//   npm test -- unit --files token      one suite, the files whose name ends so
import { buildIfNeeded } from './build.mjs'
import { printFloors } from './coverage_floors.mjs'
import { installDependencies } from './install.mjs'
import { close, runLanes, runSuites, withCoverage } from './run_suites.mjs'
import { shareOut } from './share_out.mjs'

const SUITES = ['unit', 'functional', 'contracts', 'e2e', 'services']
const NEED_SERVERS = ['services']
// About as long as the browser and all the rest.
const APART = ['functional']

const args = process.argv.slice(2)
const named = args.filter((arg) => SUITES.includes(arg))
const suites = named.length > 0 ? named : SUITES.filter((suite) => !NEED_SERVERS.includes(suite))
const filters = args.filter((arg) => !SUITES.includes(arg))

await installDependencies(undefined, { silent: true })
// The command line and the browser are tested on compiled output, which must not be yesterday's.
if (suites.some((suite) => suite !== 'unit')) await buildIfNeeded({ silent: true })
close(args.length > 0 ? await runSuites(suites, filters) : await runAll())

async function runAll() {
  const lanes = shareOut(suites, APART)
  const result = await withCoverage((env) => runLanes(lanes.map((lane) => ({ ...lane, env }))))
  if (printFloors()) return result
  return { counts: { ...result.counts, failed: result.counts.failed + 1 }, ok: false }
}
