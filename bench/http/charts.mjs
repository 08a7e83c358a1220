// node bench/http/charts.mjs [--consultations N --patients N --deep PAGE --requests N --rounds N --only TEXT]
// Processor time a request of the application's process on clinical records in MariaDB, beside a bare node:http + mysql2
// server that runs the same SQL and the same cryptography; and what page 1 and a page far down a list cost.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { projectRoot } from '../../tools/project.mjs'
import { options, prepareBench } from '../setup.mjs'
import { endAll } from './compare.mjs'
import { measureCharts, PAGE } from './measure_charts.mjs'

const given = options({
  consultations: 1_000_000,
  patients: 100_000,
  deep: 10_000,
  requests: 2000,
  rounds: 3,
  only: '',
})
const [deep, requests, rounds] = [given.deep, given.requests, given.rounds].map(Number)
const bench = await prepareBench()
const children = []

function run(script, ...args) {
  const { status } = spawnSync(bench.node, [join(projectRoot, script), ...args.map(String)], {
    env: bench.env,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  if (status !== 0) throw new Error(`${script} ended with ${status}`)
}

try {
  bench.medinfo('migrate', '--json')
  const tokens = { doctor: bench.tokenOf('doctor'), lab: bench.tokenOf('lab') }
  run('bench/search/load.mjs', given.patients)
  run('bench/charts/load.mjs', given.consultations, (deep + 2) * PAGE)
  await measureCharts(bench, { tokens, deep, requests, rounds, only: given.only, children })
} finally {
  await endAll(children)
  await bench.end()
}
