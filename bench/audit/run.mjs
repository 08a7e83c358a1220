// node bench/audit/run.mjs [--rows N --patients N --requests N --rounds N]
// `audit verify` beside a loop that streams the same rows and hashes each (MariaDB), and what part of a GET's processor
// time is writing its entry, where sixteen requests come at once and share their inserts.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { projectRoot } from '../../tools/project.mjs'
import { costsOf, endAll, printTable, ratio, startServers } from '../http/compare.mjs'
import { options, prepareBench } from '../setup.mjs'

const given = options({ rows: 200_000, patients: 5_000, requests: 4000, rounds: 3 })
const [rows, patients, requests, rounds] = ['rows', 'patients', 'requests', 'rounds'].map((name) => Number(given[name]))
const bench = await prepareBench()
const children = []
try {
  bench.medinfo('migrate', '--json')
  const script = join(projectRoot, 'bench/audit/measure_audit.mjs')
  const printed = execFileSync(bench.node, [script, String(rows), String(rounds)], { env: bench.env, encoding: 'utf8' })
  const measured = JSON.parse(printed.trim().split('\n').at(-1))
  const perMinute = (seconds) => Math.round((measured.rows * 60) / seconds)
  printTable(
    ['rows', 'streamed and hashed, rows a minute', 'verified, rows a minute', 'verified / streamed'],
    [
      [
        measured.rows,
        perMinute(measured.stream),
        perMinute(measured.verify),
        ratio(perMinute(measured.verify), perMinute(measured.stream)),
      ],
    ]
  )

  const people = await bench.importPatients(patients)
  const token = bench.tokenOf('reception')
  const path = () => `/api/v1/patients/${people[Math.floor(Math.random() * people.length)].uuid}`
  const servers = await startServers(bench, [['medinfo', 'build/bin/server.js']], children)
  const kinds = { 'GET one': { count: requests, make: () => ({ token, path: path() }) } }
  const { medinfo } = (await costsOf(servers, kinds, rounds))['GET one']
  const share = ((100 * measured.entry) / medinfo).toFixed(1)
  printTable(
    ['request', 'µs', 'of them the audit', 'share'],
    [['GET one', medinfo, Math.round(measured.entry), `${share} %`]]
  )
} finally {
  await endAll(children)
  await bench.end()
}
