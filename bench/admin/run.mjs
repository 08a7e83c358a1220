// node bench/admin/run.mjs [--rows N --requests N --rounds N --starts N]
// The back office's list of the audit (MariaDB) at 10,000 rows and at many, beside the bare SQL of the same page, with the
// rows that MariaDB examined; and start and memory of a server with the back office off, and on but not visited.
import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { promisify } from 'node:util'
import { v7 as uuidv7 } from 'uuid'
import { projectRoot } from '../../tools/project.mjs'
import { endAll, printTable, ratio, startServers } from '../http/compare.mjs'
import { answerOf, fineCpuOf, median } from '../measure.mjs'
import { freePort, options, prepareBench } from '../setup.mjs'

const FEW = 10_000
/* What the list counts at most, and a page of it. */
const BOUND = 10_001
const PAGE = 25
const given = options({ rows: 1_000_000, requests: 20, rounds: 3, starts: 16 })
const [rows, requests, rounds, starts] = ['rows', 'requests', 'rounds', 'starts'].map((name) => Number(given[name]))
const bench = await prepareBench()
const children = []
try {
  bench.medinfo('migrate', '--json')
  bench.tokenOf('admin')
  await startsBeside()
  const db = await bench.connect()
  const cookie = await sessionOf(db, 'admin@example.org')
  await fill(FEW)
  const [server] = await startServers(bench, [['medinfo', 'build/bin/server.js']], children)
  const lists = await listsOf(db)
  const few = await measured(db, server, { cookie, lists })
  await fill(rows - FEW)
  const many = await measured(db, server, { cookie, lists })
  printTable(
    ['list by', 'rows', 'bare SQL ms', 'back office ms', 'beside SQL', 'rows examined', 'more than at 10,000'],
    Object.keys(lists).flatMap((name) =>
      [
        [FEW, few[name]],
        [rows, many[name]],
      ].map(([size, { floor, own, examined }]) => [
        name,
        size,
        floor.toFixed(1),
        own.toFixed(1),
        ratio(own, floor),
        examined,
        examined - few[name].examined,
      ])
    )
  )
  for (const name of Object.keys(lists))
    if (many[name].examined > few[name].examined + BOUND)
      throw new Error(`the list by ${name} examines ${many[name].examined} rows`)
  await db.end()
} finally {
  await endAll(children)
  await bench.end()
}

/** Not by what blocks: the server closes idle connections meanwhile, which somebody has to see. */
async function fill(count) {
  await promisify(execFile)(bench.node, [join(projectRoot, 'bench/audit/fill_audit.mjs'), String(count)], {
    env: bench.env,
  })
}

/** A session whose second factor was proven, as signing in makes it. */
async function sessionOf(db, email) {
  const value = randomBytes(32).toString('base64url')
  await db.query(
    `insert into sessions (uuid, hash, user_id, sign_in_epoch, factor_at, confirmed_at, last_seen_at, expires_at,
       created_at, updated_at)
     select ?, ?, id, sign_in_epoch, utc_timestamp(3), utc_timestamp(3), utc_timestamp(3),
       utc_timestamp(3) + interval 12 hour, utc_timestamp(3), utc_timestamp(3) from users where email = ?`,
    [uuidv7(), createHash('sha256').update(value).digest('hex'), email]
  )
  return `medinfo_dev=${value}`
}

/** Each filter as the address has it, and as the bare SQL says it. */
async function listsOf(db) {
  const [[{ patient_uuid: patient }]] = await db.query(
    'select patient_uuid from audit_logs where patient_uuid is not null'
  )
  const [[{ uuid, id }]] = await db.query("select uuid, id from users where email = 'admin@example.org'")
  const from = '2026-01-01T00:00:00.000Z'
  return {
    'nothing': ['', '1 = 1'],
    'period': [`filters.created_at~~from=${from}`, "created_at >= '2026-01-01 00:00:00.000'"],
    'user': [`filters.user=${uuid}`, `user_id = ${id}`],
    'patient': [`filters.patient=${patient}`, `patient_uuid = '${patient}'`],
    'action': ['filters.action=patients.open', "action = 'patients.open'"],
    'outcome': ['filters.outcome=done', "outcome = 'done'"],
    'action and outcome': [
      'filters.action=patients.open&filters.outcome=refused',
      "action = 'patients.open' and outcome = 'refused'",
    ],
    'action and user': [
      `filters.action=patients.open&filters.user=${uuid}`,
      `action = 'patients.open' and user_id = ${id}`,
    ],
  }
}

/** Of each list, the median milliseconds of its page and of the bare SQL, alternating, and rows examined a page. */
async function measured(db, { port }, { cookie, lists }) {
  const told = {}
  for (const [name, [query, where]] of Object.entries(lists)) {
    const path = `/admin/api/resources/audit_logs/actions/list?${query}`
    const page = async () => {
      const { status, body } = await answerOf({ port, path, headers: { cookie } })
      if (status !== 200 || !body.records) throw new Error(`${path} answered ${status}`)
    }
    const bare = async () => {
      await db.query(`select count(*) as n from (select 1 from audit_logs where ${where} limit ${BOUND}) counted`)
      await db.query(`select * from audit_logs where ${where} order by created_at desc, id desc limit ${PAGE}`)
    }
    await page()
    const read = []
    for (let n = 0; n < requests; n++) read.push(await rowsReadBy(db, page))
    const [own, floor] = [[], []]
    for (let n = 0; n < rounds * requests; n++) {
      own.push(await timed(page))
      floor.push(await timed(bare))
    }
    told[name] = { own: median(own), floor: median(floor), examined: Math.min(...read) }
  }
  return told
}

async function timed(work) {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

/** By the counters of the whole server, which seldom has anything else to do: the least of several. */
async function rowsReadBy(db, work) {
  const told = async () => {
    const [counters] = await db.query(`show global status like 'Handler_read%'`)
    return counters.reduce((sum, { Value }) => sum + Number(Value), 0)
  }
  const before = await told()
  await work()
  return (await told()) - before
}

/**
 * From the start of the process to its first answer, its processor time and its memory then; the order turns with every
 * round, so that both meet the same machine.
 */
async function startsBeside() {
  const told = { off: [], on: [] }
  for (let n = 0; n <= starts; n++)
    for (const setting of n % 2 ? ['on', 'off'] : ['off', 'on']) {
      const row = await startOf(setting)
      if (n) told[setting].push(row)
    }
  const of = (setting, name) => median(told[setting].map((row) => row[name]))
  printTable(
    [`start of a server, median of ${starts}`, 'off', 'on, not visited', 'on / off'],
    ['ms', 'processor ms', 'MB'].map((name) => {
      const [off, on] = [of('off', name), of('on', name)]
      return [name, off.toFixed(1), on.toFixed(1), (on / off).toFixed(3)]
    })
  )
  for (const name of ['processor ms', 'MB'])
    if (of('on', name) > 1.05 * of('off', name)) throw new Error(`a server with the back office takes more ${name}`)
}

async function startOf(setting) {
  const port = await freePort()
  const begun = performance.now()
  const child = bench.start(join(projectRoot, 'build/bin/server.js'), { PORT: String(port), BACK_OFFICE: setting })
  while (!(await isOpen(port))) await setTimeout(2)
  await answerOf({ port, path: '/health/live' })
  const row = {
    'ms': performance.now() - begun,
    'processor ms': fineCpuOf(child.pid) / 1000,
    'MB': residentOf(child.pid),
  }
  await endAll([child])
  return row
}

function isOpen(port) {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' })
    socket.once('connect', () => resolve(socket.end() && true)).once('error', () => resolve(false))
  })
}

/** proc(5): memory that is resident, in megabytes. */
function residentOf(pid) {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return Number(kilobytes) / 1000
}
