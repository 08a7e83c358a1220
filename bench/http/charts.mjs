// node bench/http/charts.mjs [--consultations N --patients N --deep PAGE --requests N --rounds N --only TEXT]
// Processor time a request of the application's process on clinical records in MariaDB, beside a bare node:http + mysql2
// server that runs the same SQL and the same cryptography; and what page 1 and a page far down a list cost.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { projectRoot } from '../../tools/project.mjs'
import { answerOf, load } from '../measure.mjs'
import { options, prepareBench } from '../setup.mjs'
import { costsOf, endAll, printTable, ratio, requireSameData, startServers } from './compare.mjs'

const PAGE = 25
const given = options({
  consultations: 1_000_000,
  patients: 100_000,
  deep: 10_000,
  requests: 2000,
  rounds: 3,
  only: '',
})
const [consultations, patients, deep, requests, rounds] = [
  given.consultations,
  given.patients,
  given.deep,
  given.requests,
  given.rounds,
].map(Number)
const bench = await prepareBench()
const children = []

function run(script, ...args) {
  const { status } = spawnSync(bench.node, [join(projectRoot, script), ...args.map(String)], {
    env: bench.env,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  if (status !== 0) throw new Error(`${script} ended with ${status}`)
}

/** The path of page `deep`, found by walking there: a cursor is nobody's but the list's. Steps of 100 rows reach it sooner. */
async function deepPath({ port }, { token, path }) {
  let cursor = null
  for (let rows = 0; rows < (deep - 1) * PAGE;) {
    const step = Math.min(100, (deep - 1) * PAGE - rows)
    const after = cursor ? `&cursor=${cursor}` : ''
    const { status, body } = await answerOf({ port, token, path: `${path}?limit=${step}${after}` })
    cursor = body.meta?.next_cursor
    if (!cursor) throw new Error(`${path} answered ${status} and has no row beyond ${rows + step}`)
    rows += step
  }
  return `${path}?limit=${PAGE}&cursor=${cursor}`
}

/** Rows that the server reads for one such request, by its own counters. */
async function rowsRead(db, server, make) {
  const count = 100
  const total = async () => {
    const [rows] = await db.query(`show global status like 'Handler_read%'`)
    return rows.reduce((sum, { Value }) => sum + Number(Value), 0)
  }
  const before = await total()
  await load(count, 200, () => ({ ...make(), port: server.port }))
  return Math.round(((await total()) - before) / count)
}

try {
  bench.medinfo('migrate', '--json')
  const doctor = bench.tokenOf('doctor')
  const lab = bench.tokenOf('lab')
  run('bench/search/load.mjs', patients)
  run('bench/charts/load.mjs', consultations, (deep + 2) * PAGE)
  const db = await bench.connect()
  const uuidsOf = async (sql) => (await db.query(sql))[0].map(({ uuid }) => uuid)
  const treated = await uuidsOf('select uuid from patients where id > 1 order by id limit 9999')
  const held = await uuidsOf('select uuid from consultations where patient_id between 2 and 10000 limit 100000')
  const [long] = await uuidsOf('select uuid from patients order by id limit 1')
  const servers = await startServers(
    bench,
    [
      ['floor', 'bench/http/floor.mjs'],
      ['medinfo', 'build/bin/server.js'],
    ],
    children
  )
  const medinfo = servers[1]
  const pick = (uuids) => uuids[Math.floor(Math.random() * uuids.length)]
  const newConsultation = () => ({
    patient_id: pick(treated),
    date: new Date(Date.now() - 60_000).toISOString(),
    reason: 'Fièvre et maux de tête depuis trois jours',
    diagnosis: 'Paludisme simple',
    diagnosis_code: 'B54',
    diagnosis_code_system: 'ICD-10',
    notes: 'Tension 12/8, pouls 80. Revoir si la fièvre dure plus de deux jours.',
  })

  const LISTS = {
    'timeline of a chart': { token: doctor, path: `/api/v1/patients/${long}/timeline` },
    'consultations of a chart': { token: doctor, path: `/api/v1/patients/${long}/consultations` },
    'lab results of a chart': { token: doctor, path: `/api/v1/patients/${long}/lab-results` },
    'lab results of a laboratory': { token: lab, path: '/api/v1/lab-results' },
  }
  const requestsOf = {
    'GET consultation': {
      count: requests,
      make: () => ({ token: doctor, path: `/api/v1/consultations/${pick(held)}` }),
    },
    'POST consultation': {
      status: 201,
      count: requests,
      make: () => ({ token: doctor, method: 'POST', path: '/api/v1/consultations', body: newConsultation() }),
    },
  }
  const isWanted = (kind) => kind.includes(given.only)
  const lists = Object.entries(LISTS).filter(([kind]) => isWanted(kind))
  // The consultations are a part of the long chart's entries and have fewer pages.
  const reachable = lists.filter(([kind]) => kind !== 'consultations of a chart')
  const kinds = Object.fromEntries(Object.entries(requestsOf).filter(([kind]) => isWanted(kind)))
  const count = Math.max(100, Math.round(requests / 5))
  for (const [kind, { token, path }] of lists)
    kinds[`${kind}, page 1`] = { count, make: () => ({ token, path: `${path}?limit=${PAGE}` }) }
  for (const [kind, request] of reachable) {
    const path = await deepPath(medinfo, request)
    kinds[`${kind}, page ${deep}`] = { count, make: () => ({ token: request.token, path }) }
  }
  for (const { status, make } of Object.values(kinds)) if (!status) await requireSameData(servers, make())

  const costs = await costsOf(servers, kinds, rounds)
  printTable(
    ['request', 'floor µs', 'medinfo µs', 'medinfo / floor'],
    Object.entries(costs).map(([kind, { floor, medinfo: own }]) => [kind, floor, own, ratio(own, floor)])
  )
  console.log()
  const compared = []
  for (const [kind] of reachable) {
    const [first, far] = [`${kind}, page 1`, `${kind}, page ${deep}`]
    const read = [await rowsRead(db, medinfo, kinds[first].make), await rowsRead(db, medinfo, kinds[far].make)]
    compared.push([kind, ratio(costs[far].medinfo, costs[first].medinfo), ...read])
  }
  printTable(['list', `page ${deep} / page 1`, 'rows read, page 1', `rows read, page ${deep}`], compared)
  await db.end()
} finally {
  await endAll(children)
  await bench.end()
}
