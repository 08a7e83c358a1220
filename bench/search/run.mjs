// node bench/search/run.mjs [--patients N --searches N --requests N --databases mysql,sqlite]
// Rows that the database examines for each kind of search, and the processor time of the application's process for a
// request, beside a GET by id of the same run. Median and worst over the drawn searches of each kind.
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { projectRoot } from '../../tools/project.mjs'
import { fineCpuOf, load, median, untilServing } from '../measure.mjs'
import { options, prepareBench } from '../setup.mjs'

const { patients, searches, requests, databases } = options({
  patients: 1_000_000,
  searches: 100,
  requests: 20,
  databases: 'mysql,sqlite',
})
const ROUNDS = 3

for (const database of databases.split(',')) {
  const bench = await prepareBench({ database, NATIONAL_ID_COUNTRY: 'SN' })
  try {
    await measure(database, bench)
  } finally {
    await bench.end()
  }
}

async function measure(database, bench) {
  const run = (script, ...args) =>
    execFileSync(bench.node, [join(projectRoot, 'bench/search', script), ...args.map(String)], {
      env: bench.env,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
  bench.medinfo('migrate', '--json')
  run('load.mjs', patients)
  const who = ['--name', 'Bench', '--email', 'bench@example.org', '--role', 'reception']
  bench.medinfo('user', 'create', ...who, '--json')
  const token = JSON.parse(
    bench.medinfo('token', 'create', '--user', 'bench@example.org', '--abilities', '*', '--expires', '24h', '--json')
  ).token
  const { kinds, uuids } = JSON.parse(run('rows.mjs', patients, searches))
  const server = bench.start(join(projectRoot, 'build/bin/server.js'))
  try {
    const port = Number(bench.settings.PORT)
    await untilServing(port)
    const costs = await costsOf(server.pid, pathsOf(kinds, uuids), (path) => ({ port, token, path }))
    print(database, kinds, costs)
  } finally {
    const ended = once(server, 'exit')
    server.kill('SIGTERM')
    await ended
  }
}

/** Kind → the searches' paths, each a list of what is asked in turn. */
function pathsOf(kinds, uuids) {
  const pick = () => `/api/v1/patients/${uuids[Math.floor(Math.random() * uuids.length)]}`
  const gets = Array.from({ length: Number(searches) }, () => Array.from({ length: Number(requests) }, pick))
  const searched = Object.entries(kinds).map(([kind, drawn]) => [
    kind,
    drawn.map(({ search }) =>
      Array.from({ length: Number(requests) }, () => `/api/v1/patients/search?${new URLSearchParams(search)}`)
    ),
  ])
  return Object.fromEntries([['GET by id', gets], ...searched])
}

/** Kind → microseconds a request of each of its searches: the median of the rounds after one that warms up. */
async function costsOf(pid, paths, make) {
  const costs = {}
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [kind, drawn] of Object.entries(paths)) {
      costs[kind] ??= drawn.map(() => [])
      for (const [n, asked] of drawn.entries()) {
        const before = fineCpuOf(pid)
        await load(asked.length, 200, (at) => make(asked[at]))
        if (round) costs[kind][n].push((fineCpuOf(pid) - before) / asked.length)
      }
    }
  }
  return Object.fromEntries(Object.entries(costs).map(([kind, each]) => [kind, each.map(median)]))
}

function print(database, kinds, costs) {
  const get = median(costs['GET by id'])
  console.log(`\n${database}, ${patients} patients; a GET by id costs ${Math.round(get)} µs\n`)
  console.log(
    '| search by | rows, median | rows, worst | CPU µs, median | CPU µs, worst | CPU / GET, median | CPU / GET, worst |'
  )
  console.log('| --- | --- | --- | --- | --- | --- | --- |')
  for (const [kind, drawn] of Object.entries(kinds)) {
    const rows = drawn.map((each) => each.rows)
    const [worstRows, worst] = [Math.max(...rows), Math.max(...costs[kind])]
    const times = [median(costs[kind]) / get, worst / get].map((ratio) => ratio.toFixed(2))
    const micros = [median(costs[kind]), worst].map(Math.round)
    console.log(`| ${[kind, median(rows), worstRows, ...micros, ...times].join(' | ')} |`)
    const worstSearch = drawn[costs[kind].indexOf(worst)].search
    console.error(`${kind}: most rows ${JSON.stringify(drawn.find((each) => each.rows === worstRows))}`)
    console.error(`${kind}: most processor time ${JSON.stringify(worstSearch)}`)
  }
}
