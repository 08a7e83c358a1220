import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import app from '@adonisjs/core/services/app'
import type { RawAnswer } from '#tests/functional/raw_request'
import { findFreePort } from '../../../tools/services/server_process.mjs'

const READY_WITHIN_MS = 60_000
const END_WITHIN_MS = 15_000

export interface ServedApp {
  port: number
  /** A request as it is written; `path` may be anything that fits into its first line. */
  send(method: string, path: string, headers?: Record<string, string>, body?: string): Promise<RawAnswer>
  stop(): Promise<void>
}

/** The application in a process of its own, on the database of these tests, with settings that count from its start. */
export async function serveApp(settings: Record<string, string>): Promise<ServedApp> {
  const port = Number(settings.PORT ?? (await findFreePort()))
  const started = startApp({ ...settings, PORT: String(port) })
  const send = (...[method, path, headers, body]: Parameters<ServedApp['send']>) =>
    sendTo(port, method, path, headers, body)
  await started.until(() => send('GET', '/health/live').then(({ status }) => status === 200))
  return { port, send, stop: started.stop }
}

/** What a process says that must not start. */
export async function complaintOf(settings: Record<string, string>): Promise<{ code: number | null; output: string }> {
  const { child, output, stop } = startApp({ PORT: String(await findFreePort()), ...settings })
  const timer = setTimeout(() => void stop(), READY_WITHIN_MS)
  if (child.exitCode === null && child.signalCode === null) await once(child, 'close')
  clearTimeout(timer)
  return { code: child.exitCode, output: output() }
}

function startApp(settings: Record<string, string>) {
  const args = ['--import', '@poppinss/ts-exec', 'bin/server.ts']
  const child = spawn(process.execPath, args, { cwd: app.makePath(), env: { ...process.env, ...settings } })
  let said = ''
  child.stdout.on('data', (chunk) => (said += chunk))
  child.stderr.on('data', (chunk) => (said += chunk))
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null
  const kill = () => void child.kill('SIGKILL')
  process.once('exit', kill)
  const stop = async () => {
    process.off('exit', kill)
    if (hasEnded()) return
    const lastResort = setTimeout(kill, END_WITHIN_MS)
    child.kill('SIGTERM')
    await once(child, 'close')
    clearTimeout(lastResort)
  }
  const until = async (isReady: () => Promise<boolean>) => {
    const deadline = Date.now() + READY_WITHIN_MS
    while (!(await isReady().catch(() => false))) {
      if (!hasEnded() && Date.now() < deadline) await pause(50)
      else {
        await stop()
        throw new Error(`The application did not start:\n${said.slice(-2000)}`)
      }
    }
  }
  return { child, output: () => said, stop, until }
}

async function sendTo(port: number, method: string, path: string, headers = {}, body?: string): Promise<RawAnswer> {
  // Node frames the body of a DELETE only where its length is given.
  const framed = body === undefined ? headers : { 'content-length': String(Buffer.byteLength(body)), ...headers }
  const request = httpRequest({ host: '127.0.0.1', port, method, path, headers: framed, agent: false })
  request.end(body)
  const [answer] = await once(request, 'response')
  return { status: answer.statusCode, headers: answer.headers, body: await buffer(answer) }
}
