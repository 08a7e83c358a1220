// node bench/http/run.mjs [--patients N --requests N --rounds N]
// Processor time a request of the application's process, beside a bare node:http + mysql2 server that runs the same SQL
// and the same cryptography, and beside one that only checks the token and reads the row.
import { options, prepareBench } from '../setup.mjs'
import { costsOf, endAll, printTable, ratio, requireSameData, startServers } from './compare.mjs'

const { patients, requests, rounds } = options({ patients: 100_000, requests: 4000, rounds: 3 })
const bench = await prepareBench()
const children = []
try {
  bench.medinfo('migrate', '--json')
  const rows = await bench.importPatients(patients)
  const token = bench.tokenOf('reception')
  const pick = () => `/api/v1/patients/${rows[Math.floor(Math.random() * rows.length)].uuid}`
  const servers = await startServers(
    bench,
    [
      ['minimal', 'bench/http/minimal.mjs'],
      ['floor', 'bench/http/floor.mjs'],
      ['medinfo', 'build/bin/server.js'],
    ],
    children
  )
  const list = { token, path: '/api/v1/patients?limit=25' }
  await requireSameData(servers, { token, path: pick() })
  await requireSameData(servers, list)

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
  const both = ['floor', 'medinfo']
  const post = () => ({ token, method: 'POST', path: '/api/v1/patients', body: newPatient() })
  const costs = await costsOf(
    servers,
    {
      'GET one': { count: requests, make: () => ({ token, path: pick() }) },
      'GET list of 25': { count: Math.round(requests / 4), make: () => list, only: both },
      'POST one': { status: 201, count: Math.round(requests / 2), make: post, only: both },
    },
    rounds
  )
  printTable(
    ['request', 'minimal µs', 'floor µs', 'medinfo µs', 'medinfo / floor', 'medinfo / minimal'],
    Object.entries(costs).map(([kind, { minimal, floor, medinfo }]) => [
      kind,
      minimal,
      floor,
      medinfo,
      ratio(medinfo, floor),
      ratio(medinfo, minimal),
    ])
  )
} finally {
  await endAll(children)
  await bench.end()
}
