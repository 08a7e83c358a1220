import 'reflect-metadata'
import type { AddressInfo } from 'node:net'
import { Ignitor } from '@adonisjs/core'
import type { ApplicationService } from '@adonisjs/core/types'
import { isLoopback } from '#app/core/loopback'
import { listenProblem } from '#app/setup/check_port'
import { readSettings } from '#cli/read_settings'
import { APP_ROOT, importer } from '#start/ignition'

const GRACE_MS = 3_000
const LAST_RESORT_MS = 10_000

export interface Served {
  port: number
  url: string
  /** Resolves once somebody asked the server to end and it has. */
  ended: Promise<void>
}

/**
 * Serves in this process until SIGTERM or Ctrl-C. `prepare` runs with the application booted and nothing listening yet.
 * Errors: whatever `prepare` threw, or the listening; the application is ended then.
 */
export async function serveHttp(prepare: () => Promise<void> = async () => {}): Promise<Served> {
  const ignitor = ignite(prepare)
  try {
    await ignitor.httpServer().start()
  } catch (error) {
    await ignitor.terminate()
    throw await listening(error)
  }
  const app = ignitor.getApp() as ApplicationService
  const server = await app.container.make('server')
  const node = server.getNodeServer()!
  // A browser or a proxy keeps its connection open for the next request, which will not come here.
  app.terminating(() => void setTimeout(() => node.closeAllConnections(), GRACE_MS).unref())
  const { address, family, port } = node.address() as AddressInfo
  // By name: a passkey belongs to a name, and a bare address is none.
  const host = isLoopback(address) ? 'localhost' : family === 'IPv6' ? `[${address}]` : address
  return { port, url: `http://${host}:${port}`, ended: untilAsked(app) }
}

function ignite(prepare: () => Promise<void>) {
  return new Ignitor(APP_ROOT, { importer }).tap((own: ApplicationService) => {
    own.booting(async () => {
      await readSettings()
      // The standard output is for the command's own lines, which a program may read.
      const { default: logger } = await import('#config/logger')
      Object.assign(logger.loggers.app, { destination: process.stderr })
    })
    own.starting(prepare)
  })
}

async function listening(error: unknown) {
  const { syscall } = error as NodeJS.ErrnoException
  if (!syscall) return error
  const { default: env } = await import('#start/env')
  return listenProblem(error, env.get('HOST'), env.get('PORT'))
}

function untilAsked(app: ApplicationService): Promise<void> {
  return new Promise((resolve) => {
    let asked = false
    const end = async () => {
      // Asked twice: whoever waits has no patience left.
      if (asked) process.exit(130)
      asked = true
      setTimeout(() => process.exit(), LAST_RESORT_MS).unref()
      await app.terminate()
      resolve()
    }
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, end)
  })
}
