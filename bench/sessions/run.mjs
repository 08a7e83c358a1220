// node bench/sessions/run.mjs [--signins N --requests N --tries N --rounds N]
// Signing in beside bare argon2id in the same run, a request by session beside one by token, and the time of a refusal
// for an account that exists beside one that does not.
import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { v7 as uuidv7 } from 'uuid'
import { projectRoot } from '../../tools/project.mjs'
import { environmentOf, startServices } from '../../tools/services.mjs'
import { endAll, printTable, ratio, startServers } from '../http/compare.mjs'
import { answerOf, cpuOf, load, median, untilServing } from '../measure.mjs'
import { freePort, options, prepareBench } from '../setup.mjs'

const LANES = 16
const bareArgon2 = join(projectRoot, 'bench/sessions/bare_argon2.mjs')
const UNLIMITED = '1000000000'
const { signins, requests, tries, rounds } = options({ signins: 800, requests: 4000, tries: 100, rounds: 3 })
const bench = await prepareBench({
  SIGN_IN_TRIES_PER_ACCOUNT: UNLIMITED,
  SIGN_IN_TRIES_PER_ADDRESS: UNLIMITED,
  SIGN_IN_TRIES_IN_ALL: UNLIMITED,
  FAILED_REQUESTS_PER_MINUTE: UNLIMITED,
})
const redis = await startServices(['redis'])
const children = []
try {
  bench.medinfo('migrate', '--json')
  const rows = await bench.importPatients(2000)
  const people = Array.from({ length: LANES }, (_, n) => personOf(n))
  const token = bench.tokenOf('reception')
  const db = await bench.connect()
  const cookie = await sessionOf(db, 'reception@example.org')
  const [server] = await startServers(bench, [['medinfo', 'build/bin/server.js']], children)

  await signInsBesideBare({ 'the database': server, 'Redis': await serverWithRedis() }, people, await pidOf(db))
  await sessionBesideToken(server, { token, headers: { cookie } }, () => rows[Math.floor(Math.random() * rows.length)])
  await knownBesideUnknown(server, people[0].email)
  await db.end()
} finally {
  await endAll(children)
  await redis.stop()
  await bench.end()
}

async function pidOf(db) {
  const [[{ file }]] = await db.query('select @@pid_file as file')
  return Number(readFileSync(file, 'utf8'))
}

/** One that keeps sessions and counts tries in Redis, on the same MariaDB. */
async function serverWithRedis() {
  const port = await freePort()
  const more = { ...environmentOf(redis), SESSION_DRIVER: 'redis', PORT: String(port) }
  const child = bench.start(join(projectRoot, 'build/bin/server.js'), more)
  children.push(child)
  await untilServing(port)
  return { port, pid: child.pid }
}

function personOf(n) {
  const email = `person-${n}@example.org`
  const made = bench.medinfo('user', 'create', '--name', `Person ${n}`, '--email', email, '--role', 'nurse', '--json')
  return { email, password: JSON.parse(made).password }
}

/** The cookie of a session whose second factor was proven, as signing in makes it. */
async function sessionOf(db, email) {
  const value = randomBytes(32).toString('base64url')
  const hash = createHash('sha256').update(value).digest('hex')
  await db.query(
    `insert into sessions (uuid, hash, user_id, sign_in_epoch, factor_at, confirmed_at, last_seen_at, expires_at,
       created_at, updated_at)
     select ?, ?, id, sign_in_epoch, utc_timestamp(3), utc_timestamp(3), utc_timestamp(3),
       utc_timestamp(3) + interval 12 hour, utc_timestamp(3), utc_timestamp(3) from users where email = ?`,
    [uuidv7(), hash, email]
  )
  return `medinfo_dev=${value}`
}

async function signInsBesideBare(servers, people, mariadbPid) {
  const measured = { bare: [] }
  const body = (n) => people[n % people.length]
  for (let round = 0; round <= rounds; round++) {
    // Not the one that blocks: the server closes idle connections meanwhile, which somebody has to see.
    const { stdout: bare } = await promisify(execFile)(bench.node, [bareArgon2, String(signins), String(LANES)])
    if (round) measured.bare.push(Number(bare))
    for (const [name, { port, pid }] of Object.entries(servers)) {
      const before = [cpuOf(pid), cpuOf(mariadbPid)]
      const begun = performance.now()
      await load(Number(signins), 201, (n) => ({ port, method: 'POST', path: '/api/v1/session', body: body(n) }))
      const rate = (signins * 1000) / (performance.now() - begun)
      const costs = [cpuOf(pid), cpuOf(mariadbPid)].map((after, index) => (after - before[index]) / signins)
      if (round) (measured[name] ??= []).push([rate, ...costs])
    }
  }
  const bare = median(measured.bare)
  printTable(
    [
      'sessions and tries in',
      'bare argon2id a second',
      'sign-ins a second',
      'sign-ins / bare',
      'server ms',
      'MariaDB ms',
    ],
    Object.keys(servers).map((name) => {
      const [rate, ...costs] = [0, 1, 2].map((column) => median(measured[name].map((row) => row[column])))
      return [name, bare.toFixed(1), rate.toFixed(1), ratio(rate, bare), ...costs.map((cost) => cost.toFixed(1))]
    })
  )
}

async function sessionBesideToken({ port, pid }, { token, headers }, pick) {
  const costs = { token: [], session: [] }
  const shown = { token: { token }, session: { headers } }
  for (let round = 0; round <= rounds; round++)
    for (const [by, credentials] of Object.entries(shown)) {
      const before = cpuOf(pid)
      await load(Number(requests), 200, () => ({ port, path: `/api/v1/patients/${pick().uuid}`, ...credentials }))
      if (round) costs[by].push(((cpuOf(pid) - before) * 1000) / requests)
    }
  const [byToken, bySession] = [median(costs.token), median(costs.session)].map(Math.round)
  printTable(
    ['request', 'by token µs', 'by session µs', 'session / token'],
    [['GET one', byToken, bySession, ratio(bySession, byToken)]]
  )
}

async function knownBesideUnknown({ port }, email) {
  const times = { known: [], unknown: [] }
  const addresses = { known: email, unknown: 'nobody@example.org' }
  for (let n = -5; n < tries; n++)
    for (const who of ['known', 'unknown']) {
      const begun = performance.now()
      const body = { email: addresses[who], password: 'ce-n-est-pas-le-bon' }
      const { status } = await answerOf({ port, method: 'POST', path: '/api/v1/session', body })
      if (status !== 401) throw new Error(`a refused sign-in answered ${status}`)
      if (n >= 0) times[who].push(performance.now() - begun)
    }
  const [known, unknown] = [median(times.known), median(times.unknown)]
  printTable(
    ['refused sign-in', 'known account ms', 'unknown account ms', 'known / unknown'],
    [['median', known.toFixed(2), unknown.toFixed(2), ratio(known, unknown)]]
  )
}
