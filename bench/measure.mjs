import { readdirSync, readFileSync } from 'node:fs'
import http from 'node:http'

const TICK_MS = 10

/** Processor time of a process so far, user and system, in milliseconds (proc(5): 100 ticks a second). */
export function cpuOf(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS
}

/** The same in microseconds, of the threads that live: fine enough for a few requests (schedstat, in nanoseconds). */
export function fineCpuOf(pid) {
  const threads = readdirSync(`/proc/${pid}/task`)
  const spent = (thread) => Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0])
  return threads.reduce((sum, thread) => sum + spent(thread), 0) / 1000
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}

const agent = new http.Agent({ keepAlive: true, maxSockets: 16 })

/** One request; answers the status and, when asked, the parsed body. */
function send({ port, method = 'GET', path, token, headers: more, body, parse = false }) {
  return new Promise((resolve, reject) => {
    const payload = body === undefined ? undefined : JSON.stringify(body)
    const headers = {
      ...(token && { authorization: `Bearer ${token}` }),
      ...more,
      ...(payload && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) }),
    }
    const request = http.request({ host: '127.0.0.1', port, method, path, headers, agent }, (response) => {
      const chunks = []
      response.on('data', (chunk) => parse && chunks.push(chunk))
      response.on('end', () =>
        resolve({ status: response.statusCode, body: parse ? JSON.parse(Buffer.concat(chunks)) : null })
      )
    })
    request.on('error', reject)
    request.end(payload)
  })
}

/** Sends `count` requests over sixteen connections. Throws at the first answer that has another status. */
export async function load(count, expected, make) {
  let next = 0
  const lane = async () => {
    while (next < count) {
      const request = make(next++)
      const { status } = await send(request)
      if (status !== expected) throw new Error(`${request.method ?? 'GET'} ${request.path} answered ${status}`)
    }
  }
  await Promise.all(Array.from({ length: 16 }, lane))
}

/** One request's status and parsed body. */
export const answerOf = (request) => send({ ...request, parse: true })

/** Waits until a port answers at all. */
export async function untilServing(port, path = '/health/live') {
  for (let attempt = 0; attempt < 200; attempt++) {
    try {
      await send({ port, path, token: 'none' })
      return
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  throw new Error(`nothing serves on port ${port}`)
}
