import 'reflect-metadata'
import type { AddressInfo } from 'node:net'
import { Ignitor } from '@adonisjs/core'
import type { ApplicationService } from '@adonisjs/core/types'
import { isLoopback } from '#app/core/loopback'
import { listenProblem } from '#app/setup/check_port'
import type { OwnCertificate } from '#app/tls/own_certificate'
import type { RunTls } from '#app/tls/tls_of_run'
import { serveAuthorityPage } from '#cli/authority_page'
import { readSettings } from '#cli/read_settings'
import { APP_ROOT, importer } from '#start/ignition'
import { servedWith } from '#start/node_server'

const GRACE_MS = 3_000
const LAST_RESORT_MS = 10_000

export interface Served {
  port: number
  url: string
  /** Every address at which this machine is known to answer, `url` first. */
  addresses: string[]
  /** What a phone needs before it trusts this server; null where it has nothing to do. */
  authority: Authority | null
  /** Resolves once somebody asked the server to end and it has. */
  ended: Promise<void>
}

export interface Authority {
  /** The page that has the authority's certificate. */
  url: string
  fingerprint: string
  file: string
}

/**
 * Serves in this process until SIGTERM or Ctrl-C. `prepare` runs with the application booted and nothing listening yet.
 * Errors: whatever `prepare` threw, or the listening; the application is ended then.
 */
export async function serveHttp(prepare: () => Promise<void> = async () => {}): Promise<Served> {
  const serving = servedWith()
  let tls: RunTls | null = null
  const ignitor = ignite(async () => {
    await prepare()
    tls = await serving.prepare()
  })
  try {
    await ignitor.httpServer().start(serving.serverOf)
    return await served(ignitor.getApp() as ApplicationService, tls)
  } catch (error) {
    await ignitor.terminate()
    throw await listening(error)
  }
}

async function served(app: ApplicationService, tls: RunTls | null): Promise<Served> {
  const server = await app.container.make('server')
  const node = server.getNodeServer()!
  // A browser or a proxy keeps its connection open for the next request, which will not come here.
  app.terminating(() => void setTimeout(() => node.closeAllConnections(), GRACE_MS).unref())
  const { address, family, port } = node.address() as AddressInfo
  const hosts = await hostsOf(address, family, tls)
  const authority = tls?.own ? await offerAuthority(app, tls.own, { address, host: hosts[0]!, port }) : null
  const addresses = hosts.map((host) => `${tls ? 'https' : 'http'}://${host}:${port}`)
  return { port, url: addresses[0]!, addresses, authority, ended: untilAsked(app) }
}

async function hostsOf(address: string, family: string, tls: RunTls | null): Promise<string[]> {
  // By name: a passkey belongs to a name, and a bare address is none.
  if (isLoopback(address)) return ['localhost']
  if (!tls) return [family === 'IPv6' ? `[${address}]` : address]
  const { reachableAt } = await import('#app/tls/machine_names')
  const { default: env } = await import('#start/env')
  return [...reachableAt(env.get('HOST')), 'localhost']
}

async function offerAuthority(
  app: ApplicationService,
  { authority, file }: OwnCertificate,
  { address, host, port }: { address: string; host: string; port: number }
): Promise<Authority> {
  const page = await serveAuthorityPage({ authority, host: address, port })
  app.terminating(page.close)
  return { url: `http://${host}:${page.port}/`, fingerprint: page.fingerprint, file }
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
