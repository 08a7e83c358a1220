// node bench/pwa/run.mjs [--patients N --visits N --searched N --bytes N --delay N --hurry 1]
// The app in the packaged Chromium at a phone's size, with a processor four times slower, over a line of 400 kbit/s and
// 400 ms a round trip: the first visit, the first load of a doctor's patients, and searching among those on the device.
// Beside the load, in the same run, what the same line takes for the same charts without the app. With `--hurry 1` the
// load begins as soon as there is something to read, while the worker still fetches the app.
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { projectRoot } from '../../tools/project.mjs'
import { endAll, printTable, startServers } from '../http/compare.mjs'
import { options, prepareBench } from '../setup.mjs'
import { firstUse } from './first_use.mjs'
import { searchAmong } from './search.mjs'

const TODAY = 12
const given = options({ patients: 500, visits: 2500, searched: 5000, bytes: 50_000, delay: 200, hurry: 0 })
const { patients, visits, searched, bytes: bytesPerSecond, delay: delayMs, hurry } = numbers(given)
// Its classes have parameter properties, which Node by itself does not strip.
await import('@poppinss/ts-exec')
const { PoorLine } = await import('../../tests/line/poor_line.ts')

const bench = await prepareBench({ database: 'sqlite' })
const children = []
const lines = []
const openLine = async (port) => {
  const line = await PoorLine.to(port, { bytesPerSecond, delayMs })
  lines.push(line)
  return line
}
try {
  const clinic = prepareClinic()
  const total = Object.values(clinic.entries).reduce((sum, count) => sum + count, 0)
  console.log(`${clinic.patients} patients, ${total} entries: ${JSON.stringify(clinic.entries)}\n`)
  const [server] = await startServers(bench, [['medinfo', 'build/bin/server.js']], children)
  const line = await openLine(server.port)
  const used = await firstUse({ ...clinic, today: TODAY, pid: server.pid, line, inHurry: hurry === 1 })
  if (used.stored !== clinic.patients + total) throw new Error(`The device holds ${used.stored} records`)
  const floor = {
    today: await bare(server.port, used.credential, used.paths[0]),
    all: await bare(server.port, used.credential, used.paths[1]),
  }
  tell(used, floor)
  tellSearch(await searchAmong(searched))
} finally {
  for (const line of lines) await line.end()
  await endAll(children)
  await bench.end()
}

function numbers(texts) {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, Number(text)]))
}

function prepareClinic() {
  bench.medinfo('migrate', '--json')
  const sample = bench.sampleOf(Math.ceil(patients * 1.12), visits)
  bench.medinfo('import', '--mapping', 'clinique', '--file', sample, '--json')
  const name = ['--name', 'Dr Awa Ndiaye', '--email', 'doctor@example.org', '--role', 'doctor']
  bench.medinfo('user', 'create', ...name, '--json')
  return JSON.parse(node('bench/pwa/clinic.mjs', String(patients), String(TODAY)))
}

function node(script, ...args) {
  const { status, stdout } = spawnSync(bench.node, [join(projectRoot, script), ...args], {
    ...{ cwd: projectRoot, env: bench.env, encoding: 'utf8' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (status !== 0) throw new Error(`${script} ended with ${status}`)
  return stdout
}

/** What the line takes for this answer without the app, and for as many bytes of a server that has nothing to do. */
async function bare(port, credential, path) {
  const line = await openLine(port)
  const headers = { 'authorization': `Device ${credential}`, 'accept-encoding': 'gzip, deflate, br' }
  const seconds = await timed(line, path, headers)
  const idle = createServer((_, response) => response.end(randomBytes(line.bytes.down))).listen(0, '127.0.0.1')
  await new Promise((resolve) => idle.once('listening', resolve))
  const alone = await timed(await openLine(idle.address().port), '/', {})
  idle.close()
  return { seconds, alone, bytes: line.bytes.down }
}

async function timed(line, path, headers) {
  const begun = performance.now()
  const answer = await fetch(`http://127.0.0.1:${line.port}${path}`, { headers })
  const { byteLength } = await answer.arrayBuffer()
  if (!answer.ok || !byteLength) throw new Error(`${path} answered ${answer.status}`)
  return (performance.now() - begun) / 1000
}

function tell({ shell, load }, floor) {
  const kB = (bytes) => `${(bytes / 1000).toFixed(0)} kB`
  const s = (seconds) => seconds.toFixed(1)
  printTable(
    ['first visit', 'seconds', 'bytes down', 'bytes up'],
    [
      ['something to read', s(shell.seen.seconds), kB(shell.seen.down), kB(shell.seen.up)],
      ['the whole app is on the device', s(shell.kept.seconds), kB(shell.kept.down), kB(shell.kept.up)],
    ]
  )
  console.log()
  printTable(
    ['first load', 'seconds', 'bytes down', 'bytes up', 'bare fetch', 'the line alone', 'wanted'],
    [
      ['the device is prepared', s(load.prepared.seconds), kB(load.prepared.down), kB(load.prepared.up)],
      ['the first patient of today', s(load.first.seconds), kB(load.first.down), kB(load.first.up)],
      row('all patients of today', load.today, floor.today, 6),
      row('all patients', load.all, floor.all, 45),
    ].map((cells) => [...cells, ...Array(7 - cells.length).fill(null)])
  )
  console.log(`\nprocessor time of the server for both: ${load.serverMs} ms\n`)

  function row(name, taken, { seconds, alone, bytes }, wanted) {
    const beside = [`${s(seconds)} (${kB(bytes)})`, s(alone), `at most ${wanted}`]
    return [name, s(taken.seconds), kB(taken.down), kB(taken.up), ...beside]
  }
}

function tellSearch({ patients: held, median, worst, slowest, unlocked }) {
  printTable(
    ['on the device', 'searches', 'median ms', 'worst ms', 'wanted', 'ms from unlocking until all are found'],
    [[held, 50, median.toFixed(1), `${worst.toFixed(1)} (${slowest})`, 'at most 50', unlocked.toFixed(0)]]
  )
}
