import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createSecureServer, type Server as SecureServer } from 'node:https'
import { loggable } from '#app/core/loggable'
import type { RunTls } from '#app/tls/tls_of_run'

const LOOKS_EVERY_MS = 3_600_000

/**
 * The server under the framework, with TLS where this run does it. `prepare` comes first, once the settings are read.
 * A certificate that is renewed meanwhile, as by certbot or for a new address of the machine, is taken over within an hour.
 */
export function servedWith() {
  let tls: RunTls | null = null

  async function prepare(): Promise<RunTls | null> {
    const { tlsOfRun } = await import('#app/tls/tls_of_run')
    return (tls = await tlsOfRun())
  }

  function serverOf(handler: RequestListener): Server | SecureServer {
    if (!tls) return createServer(handler)
    const { key, cert } = tls.pair
    const server = createSecureServer({ key, cert }, handler)
    setInterval(() => void takeOver(server), LOOKS_EVERY_MS).unref()
    return server
  }

  async function takeOver(server: Pick<SecureServer, 'setSecureContext'>) {
    const former = tls!.pair.cert
    try {
      const { key, cert } = (await prepare())!.pair
      if (cert !== former) server.setSecureContext({ key, cert })
    } catch (error) {
      // The former one goes on.
      const { default: logger } = await import('@adonisjs/core/services/logger')
      logger.error({ err: loggable(error) }, 'the certificate was not renewed')
    }
  }

  return { prepare, serverOf, takeOver }
}
