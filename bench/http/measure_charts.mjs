import { answerOf, load } from '../measure.mjs'
import { costsOf, printTable, ratio, requireSameData, startServers } from './compare.mjs'

export const PAGE = 25

/** Measures both servers on the charts that bench/charts/load.mjs has made, and prints what each request costs. */
export async function measureCharts(bench, { tokens, deep, requests, rounds, only, children }) {
  const db = await bench.connect()
  const servers = await startServers(
    bench,
    [
      ['floor', 'bench/http/floor.mjs'],
      ['medinfo', 'build/bin/server.js'],
    ],
    children
  )
  const medinfo = servers[1]
  const isWanted = ([kind]) => kind.includes(only)
  const kinds = Object.fromEntries(Object.entries(await singles(db, tokens, requests)).filter(isWanted))
  const lists = Object.entries(await listsOf(db, tokens)).filter(isWanted)
  const count = Math.max(100, Math.round(requests / 5))
  const inTheMiddle = {}
  for (const [kind, list] of lists) {
    const { token, path, isShort } = list
    kinds[`${kind}, page 1`] = { count, make: () => ({ token, path: `${path}?limit=${PAGE}` }) }
    if (isShort) continue
    const [half, far] = await pathsOfPages(medinfo, list, [Math.ceil(deep / 2), deep])
    kinds[`${kind}, page ${deep}`] = { count, make: () => ({ token, path: far }) }
    inTheMiddle[kind] = () => ({ token, path: half })
  }
  for (const { status, make } of Object.values(kinds)) if (!status) await requireSameData(servers, make())

  const costs = await costsOf(servers, kinds, rounds)
  printTable(
    ['request', 'floor µs', 'medinfo µs', 'medinfo / floor'],
    Object.entries(costs).map(([kind, { floor, medinfo: own }]) => [kind, floor, own, ratio(own, floor)])
  )
  const compared = []
  for (const [kind, middle] of Object.entries(inTheMiddle)) {
    const [first, far] = [`${kind}, page 1`, `${kind}, page ${deep}`]
    // A planner may find the last pages of a list by its index and read all that lies before one in the middle.
    const read = []
    for (const make of [kinds[first].make, middle, kinds[far].make]) read.push(await rowsRead(db, medinfo, make))
    compared.push([kind, ratio(costs[far].medinfo, costs[first].medinfo), ...read])
  }
  const pages = [1, Math.ceil(deep / 2), deep].map((page) => `rows read, page ${page}`)
  console.log()
  printTable(['list', `page ${deep} / page 1`, ...pages], compared)
  await db.end()
}

async function uuidsOf(db, sql) {
  const [rows] = await db.query(sql)
  return rows.map(({ uuid }) => uuid)
}

/** Opening and recording one consultation, of patients whom the doctor treats. */
async function singles(db, { doctor: token }, count) {
  const treated = await uuidsOf(db, 'select uuid from patients where id > 1 order by id limit 9999')
  const held = await uuidsOf(db, 'select uuid from consultations where patient_id between 2 and 10000 limit 100000')
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
  const path = '/api/v1/consultations'
  return {
    'GET consultation': { count, make: () => ({ token, path: `${path}/${pick(held)}` }) },
    'POST consultation': {
      status: 201,
      count,
      make: () => ({ token, method: 'POST', path, body: newConsultation() }),
    },
  }
}

/** `isShort` marks a list that has not as many pages: the consultations are a part of the chart's entries. */
async function listsOf(db, { doctor, lab }) {
  const [uuid] = await uuidsOf(db, 'select uuid from patients order by id limit 1')
  const chart = `/api/v1/patients/${uuid}`
  return {
    'timeline of a chart': { token: doctor, path: `${chart}/timeline` },
    'consultations of a chart': { token: doctor, path: `${chart}/consultations`, isShort: true },
    'lab results of a chart': { token: doctor, path: `${chart}/lab-results` },
    'lab results of a laboratory': { token: lab, path: '/api/v1/lab-results' },
  }
}

/** Found by walking there: a cursor is nobody's but the list's. Steps of 100 rows reach it sooner than pages would. */
async function pathsOfPages({ port }, { token, path }, pages) {
  let cursor = null
  let rows = 0
  const paths = []
  for (const page of pages) {
    while (rows < (page - 1) * PAGE) {
      const step = Math.min(100, (page - 1) * PAGE - rows)
      const after = cursor ? `&cursor=${cursor}` : ''
      const { status, body } = await answerOf({ port, token, path: `${path}?limit=${step}${after}` })
      cursor = body.meta?.next_cursor
      if (!cursor) throw new Error(`${path} answered ${status} and has no row beyond ${rows + step}`)
      rows += step
    }
    paths.push(`${path}?limit=${PAGE}${cursor ? `&cursor=${cursor}` : ''}`)
  }
  return paths
}

/** Rows that the server reads for one such request, by its own counters. */
async function rowsRead(db, { port }, make) {
  const count = 100
  const total = async () => {
    const [rows] = await db.query(`show global status like 'Handler_read%'`)
    return rows.reduce((sum, { Value }) => sum + Number(Value), 0)
  }
  const before = await total()
  await load(count, 200, () => ({ ...make(), port }))
  return Math.round(((await total()) - before) / count)
}
