// Private MariaDB and Redis servers for tests and benchmarks: on free loopback ports, in a folder of their own, gone
// afterwards. They are never the machine's own servers, and only what was started here is ever ended.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync, chmodSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { isMain, projectRoot } from './project.mjs'
import { runChild } from './run_child.mjs'
import { startGuard } from './services/guard.mjs'
import { startMariadb, TEST_DATABASE } from './services/mariadb.mjs'
import { startNginx } from './services/nginx.mjs'
import { ensurePrograms, programNames, serviceNames } from './services/programs.mjs'
import { startRedis } from './services/redis.mjs'
import { endProcess, hasEnded, signalProcess } from './services/server_process.mjs'
import { makeTestFolder } from './test_folder.mjs'

const START = { mariadb: startMariadb, redis: startRedis, nginx: startNginx }
const ENDING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP']
const PREFIX = 'medinfo-services-'
// What listens for a signal on behalf of servers, of which there may be several.
const ending = new Set()
const STATE = join(projectRoot, 'tmp', 'services.json')
const USAGE = `usage: node tools/services.mjs <start|stop|install|run> [mariadb] [redis] [--binlog] [--json] [-- command]
  start    starts the servers and leaves them running until "stop"
  run      starts them, runs the command after "--" with DB_* and REDIS_URL in its environment, stops them
  install  only makes sure that their programs are on this machine; of nginx too, where it is named`

/**
 * Starts private servers and waits until they answer; see services.d.mts for the shape.
 * They end with this process, unless it leaves them `running`.
 */
export async function startServices(services = serviceNames, options = {}) {
  const { leaveRunning = false, binlog = false, isForTests = false, upstream, log = () => {} } = options
  ensurePrograms(services, log)
  const folder = makeFolder(isForTests)
  const started = []
  const unguard = endWithThisProcess(started, folder)
  const guard = startGuard(folder)
  const stop = async () => {
    await Promise.all(started.map(({ child }) => endProcess(child.pid, () => !hasEnded(child))))
    unguard()
    guard.dismiss()
    rmSync(folder, { recursive: true, force: true })
  }
  const onStart = (server) => {
    started.push(server)
    guard.watch(server.child.pid)
  }
  const starts = await Promise.allSettled(
    services.map((service) => START[service]({ folder, binlog, upstream, onStart }))
  )
  const failed = starts.find(({ status }) => status === 'rejected')
  if (failed) {
    await stop()
    throw failed.reason
  }
  if (leaveRunning) {
    unguard()
    guard.dismiss()
    started.forEach(({ child }) => child.unref())
  }
  const addresses = Object.fromEntries(services.map((service, index) => [service, starts[index].value]))
  return { ...addresses, stop, folder, pids: started.map(({ child }) => child.pid) }
}

function endWithThisProcess(started, folder) {
  const atExit = () => {
    // Each leads a group of its own: a server's helpers go with it.
    for (const { child } of started) if (!hasEnded(child)) signalProcess(-child.pid, 'SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
  // Node's own answer to these signals skips the exit handlers; another listener means that someone else decides.
  const atSignal = (signal) => {
    if (process.listeners(signal).every((listener) => ending.has(listener)))
      process.exit(128 + constants.signals[signal])
  }
  ending.add(atSignal)
  process.on('exit', atExit)
  ENDING_SIGNALS.forEach((signal) => process.on(signal, atSignal))
  return () => {
    process.off('exit', atExit)
    ENDING_SIGNALS.forEach((signal) => process.off(signal, atSignal))
  }
}

/** The environment that makes the application use these servers. */
export function environmentOf({ mariadb, redis }) {
  return {
    ...(mariadb && {
      DB_CONNECTION: 'mysql',
      DB_HOST: mariadb.host,
      DB_PORT: String(mariadb.port),
      DB_USERNAME: mariadb.user,
      DB_PASSWORD: mariadb.password,
      DB_DATABASE: TEST_DATABASE,
    }),
    ...(redis && { REDIS_URL: redis.url }),
  }
}

// A Unix socket's path holds some 100 characters, so a long TMPDIR will not do.
function makeFolder(isForTests) {
  const parent = tmpdir().length > 60 ? '/tmp' : tmpdir()
  const folder = isForTests ? makeTestFolder(PREFIX, parent) : mkdtempSync(join(parent, PREFIX))
  // The server's own account must be able to pass through.
  chmodSync(folder, 0o711)
  return folder
}

async function startAndLeave({ services, binlog, json }) {
  if (existsSync(STATE))
    throw new Error('Servers were started before: end them first with "node tools/services.mjs stop"')
  const { stop, folder, pids, ...addresses } = await startServices(services, { leaveRunning: true, binlog, log })
  mkdirSync(join(projectRoot, 'tmp'), { recursive: true })
  const processes = pids.map((pid) => ({ pid, startedAt: startOf(pid) }))
  writeFileSync(STATE, JSON.stringify({ folder, processes }))
  print(addresses, json)
}

async function stopStarted() {
  if (!existsSync(STATE)) return log('nothing was started')
  const { folder, processes } = JSON.parse(readFileSync(STATE, 'utf8'))
  const endOne = ({ pid, startedAt }) => startOf(pid) === startedAt && endProcess(pid, () => startOf(pid) === startedAt)
  await Promise.all(processes.map(endOne))
  rmSync(folder, { recursive: true, force: true })
  rmSync(STATE)
}

// When the process with this number began, or ''. The number may have gone to another process since, which must live.
function startOf(pid) {
  const answer = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() ?? ''
  const [state = 'Z', ...startedAt] = answer.split(/\s+/)
  return state.startsWith('Z') ? '' : startedAt.join(' ')
}

async function runWithServices({ services, binlog, command }) {
  const running = await startServices(services, { binlog, log })
  const env = { ...process.env, ...environmentOf(running) }
  const { code } = await runChild(command[0], command.slice(1), { env, cwd: process.cwd() })
  await running.stop()
  return code
}

function print({ mariadb, redis }, json) {
  if (json) return console.log(JSON.stringify({ mariadb, redis }))
  if (mariadb) console.log(`MariaDB  ${mariadb.host}:${mariadb.port}  user ${mariadb.user}  socket ${mariadb.socket}`)
  if (redis) console.log(`Redis    ${redis.url}`)
  for (const [name, value] of Object.entries(environmentOf({ mariadb, redis }))) console.log(`  ${name}=${value}`)
}

function log(line) {
  console.error(`services: ${line}`)
}

function parse(argv) {
  const split = argv.indexOf('--')
  const own = split < 0 ? argv : argv.slice(0, split)
  const [verb, ...rest] = own
  const flags = rest.filter((word) => word.startsWith('--'))
  const services = rest.filter((word) => !word.startsWith('--'))
  const known = verb === 'install' ? programNames : serviceNames
  const isKnown = services.every((name) => known.includes(name))
  if (!isKnown || flags.some((flag) => !['--json', '--binlog'].includes(flag))) return { verb: null }
  return {
    verb,
    services: services.length > 0 ? services : serviceNames,
    binlog: flags.includes('--binlog'),
    json: flags.includes('--json'),
    command: split < 0 ? [] : argv.slice(split + 1),
  }
}

async function main() {
  const request = parse(process.argv.slice(2))
  if (request.verb === 'start') await startAndLeave(request)
  else if (request.verb === 'stop') await stopStarted()
  else if (request.verb === 'install') ensurePrograms(request.services, log)
  else if (request.verb === 'run' && request.command.length > 0) return runWithServices(request)
  else {
    console.error(USAGE)
    return 2
  }
  return 0
}

if (isMain(import.meta.url)) {
  try {
    process.exitCode = await main()
  } catch (error) {
    console.error(error.message)
    process.exitCode = 1
  }
}
