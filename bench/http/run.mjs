// node bench/http/run.mjs [--patients N --requests N --rounds N]
// Processor time a request of the application's process, beside a bare node:http + mysql2 server that runs the same SQL
// and the same cryptography, and beside one that only checks the token and reads the row.
import { join } from 'node:path'
import mysql from 'mysql2/promise'
import { projectRoot } from '../../tools/project.mjs'
import { cpuOf, load, median, untilServing } from '../measure.mjs'
import { freePort, options, prepareBench } from '../setup.mjs'

const { patients, requests, rounds } = options({ patients: 100_000, requests: 4000, rounds: 3 })
const bench = await prepareBench()
const children = []
try {
  bench.medinfo('migrate', '--json')
  const sample = join(bench.folder, 'sample')
  const { execFileSync } = await import('node:child_process')
  execFileSync(bench.node, [
    join(projectRoot, 'tools/make_sample.mjs'),
    '--patients',
    String(patients),
    '--visits',
    '0',
    '--out',
    sample,
  ])
  bench.medinfo('import', '--mapping', 'clinique', '--file', sample, '--json')
  const user = JSON.parse(
    bench.medinfo('user', 'create', '--name', 'Bench', '--email', 'bench@example.org', '--role', 'reception', '--json')
  )
  const token = JSON.parse(
    bench.medinfo('token', 'create', '--user', 'bench@example.org', '--abilities', '*', '--expires', '24h', '--json')
  ).token
  void user
  const { host, port, user: login, password } = bench.mariadb
  const db = await mysql.createConnection({ host, port, user: login, password, database: bench.settings.DB_DATABASE })
  const [rows] = await db.query('select uuid from patients where retired_at is null')
  await db.end()
  const uuids = rows.map((row) => row.uuid)

  const servers = []
  for (const [name, script] of [
    ['minimal', 'bench/http/minimal.mjs'],
    ['floor', 'bench/http/floor.mjs'],
    ['medinfo', 'build/bin/server.js'],
  ]) {
    const on = await freePort()
    const child = bench.start(join(projectRoot, script), { PORT: String(on) })
    children.push(child)
    await untilServing(on)
    servers.push({ name, port: on, pid: child.pid })
  }

  const pick = () => uuids[Math.floor(Math.random() * uuids.length)]
  let made = 0
  const newPatient = () => ({
    family_name: `Traoré`,
    given_name: `Mariam`,
    sex: 'female',
    dob: '1990-05-17',
    national_id: `B${process.pid}-${++made}`,
    phone: `+2217${String(1e7 + made).slice(1)}1`,
    address: 'Quartier Plateau, rue 12',
  })
  const kinds = {
    'GET one': [200, requests, (port) => ({ port, token, path: `/api/v1/patients/${pick()}` })],
    'GET list of 25': [200, Math.round(requests / 4), (port) => ({ port, token, path: '/api/v1/patients?limit=25' })],
    'POST one': [
      201,
      Math.round(requests / 2),
      (port) => ({ port, token, method: 'POST', path: '/api/v1/patients', body: newPatient() }),
    ],
  }
  console.log(
    '| request | minimal µs | floor µs | medinfo µs | medinfo / floor | medinfo / minimal |\n| --- | --- | --- | --- | --- | --- |'
  )
  for (const [kind, [status, count, make]] of Object.entries(kinds)) {
    const cost = {}
    for (let round = 0; round <= rounds; round++) {
      for (const { name, port: on, pid } of servers) {
        if (name === 'minimal' && kind !== 'GET one') continue
        const before = cpuOf(pid)
        await load(count, status, () => make(on))
        // The first round warms up.
        if (round) (cost[name] ??= []).push(((cpuOf(pid) - before) * 1000) / count)
      }
    }
    const of = (name) => (cost[name] ? Math.round(median(cost[name])) : null)
    const ratio = (name) => (cost[name] ? (of('medinfo') / of(name)).toFixed(2) : '–')
    console.log(
      `| ${kind} | ${of('minimal') ?? '–'} | ${of('floor')} | ${of('medinfo')} | ${ratio('floor')} | ${ratio('minimal')} |`
    )
  }
} finally {
  for (const child of children) child.kill('SIGTERM')
  await bench.end()
}
