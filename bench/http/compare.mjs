// Processor time a request of each of several servers, beside one another, in rounds that alternate between them.
import { isDeepStrictEqual } from 'node:util'
import { join } from 'node:path'
import { projectRoot } from '../../tools/project.mjs'
import { answerOf, cpuOf, load, median, untilServing } from '../measure.mjs'
import { freePort } from '../setup.mjs'

/** Starts each `[name, script]` on a port of its own; `children` gets the processes, which the caller ends. */
export async function startServers(bench, scripts, children) {
  const servers = []
  for (const [name, script] of scripts) {
    const port = await freePort()
    const child = bench.start(join(projectRoot, script), { PORT: String(port) })
    children.push(child)
    await untilServing(port)
    servers.push({ name, port, pid: child.pid })
  }
  return servers
}

/** Ends them and waits: a server that ends writes to its database. */
export async function endAll(children) {
  await Promise.all(
    children.map((child) => {
      const ended = child.exitCode === null && new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      return ended
    })
  )
}

/** Throws unless the floor answers the very data that the application does: then it did the same work. */
export async function requireSameData(servers, request) {
  const [floor, medinfo] = await Promise.all(
    ['floor', 'medinfo'].map((name) => answerOf({ ...request, port: servers.find((one) => one.name === name).port }))
  )
  if (medinfo.status === 200 && isDeepStrictEqual(floor.body.data, medinfo.body.data)) return
  const show = ({ status, body }) => `${status} ${JSON.stringify(body).slice(0, 1500)}`
  throw new Error(`${request.path} differs\nfloor    ${show(floor)}\nmedinfo  ${show(medinfo)}`)
}

/**
 * Kind → { server: microseconds of processor time a request }, the median of `rounds` after one that warms up.
 * A kind is { status, count, make(), only? }: `make` gives the request without its port, `only` names its servers.
 */
export async function costsOf(servers, kinds, rounds) {
  const costs = {}
  for (const [kind, { status = 200, count, make, only }] of Object.entries(kinds)) {
    const of = {}
    for (let round = 0; round <= rounds; round++) {
      for (const { name, port, pid } of servers) {
        if (only && !only.includes(name)) continue
        const before = cpuOf(pid)
        await load(count, status, () => ({ ...make(), port }))
        if (round) (of[name] ??= []).push(((cpuOf(pid) - before) * 1000) / count)
      }
    }
    costs[kind] = Object.fromEntries(Object.entries(of).map(([name, values]) => [name, Math.round(median(values))]))
  }
  return costs
}

export function printTable(head, rows) {
  const line = (cells) => `| ${cells.map((cell) => cell ?? '–').join(' | ')} |`
  console.log([line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n'))
}

export const ratio = (one, other) => (one && other ? (one / other).toFixed(2) : null)
