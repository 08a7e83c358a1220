// One server as a child process of its own: started on a free port, awaited until it answers, ended by its pid.
import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { createServer, connect } from 'node:net'

const READY_WITHIN_MS = 60_000
const END_WITHIN_MS = 30_000

/** A TCP port that was free on the loopback a moment ago. */
export function findFreePort() {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}

/**
 * Starts a server in a process group of its own: a Ctrl-C at the terminal is for the one who uses it.
 * @param {{name: string, program: string, args: string[], log: string}} server `log` is the file that gets its output
 */
export function startServer({ name, program, args, log }) {
  const output = openSync(log, 'a')
  const child = spawn(program, args, { stdio: ['ignore', output, output], detached: true })
  closeSync(output)
  const server = { name, child, log, failure: null }
  child.on('error', (error) => (server.failure = error.message))
  return server
}

/**
 * Connects again and again until `isReady` accepts what the server says.
 * @param {{hello?: string, isReady: (answer: Buffer) => boolean}} greeting `hello` is sent first when given
 */
export async function waitUntilReady(server, port, greeting) {
  const deadline = Date.now() + READY_WITHIN_MS
  while (Date.now() < deadline) {
    if (server.failure || hasEnded(server.child)) break
    if (await isAnswered(port, greeting)) return
    await pause(25)
  }
  const tail = readFileSync(server.log, 'utf8').trimEnd().split('\n').slice(-15).join('\n')
  throw new Error(`${server.name} did not start: ${server.failure ?? 'the end of its log follows'}\n${tail}`)
}

function isAnswered(port, { hello, isReady }) {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: 1000 })
    const finish = (answer) => {
      socket.destroy()
      resolve(answer)
    }
    socket.on('connect', () => hello && socket.write(hello))
    socket.on('data', (answer) => finish(isReady(answer)))
    socket.on('error', () => finish(false))
    socket.on('timeout', () => finish(false))
    socket.on('close', () => finish(false))
  })
}

/** Asks the process to end and, when it does not within half a minute, makes it. */
export async function endProcess(pid, isAlive) {
  signalProcess(pid, 'SIGTERM')
  const deadline = Date.now() + END_WITHIN_MS
  while (isAlive()) {
    if (Date.now() > deadline) return signalProcess(pid, 'SIGKILL')
    await pause(25)
  }
}

export function signalProcess(pid, signal) {
  try {
    process.kill(pid, signal)
    return true
  } catch {
    return false
  }
}

export function hasEnded(child) {
  return child.exitCode !== null || child.signalCode !== null
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
