import 'reflect-metadata'
import { Application } from '@adonisjs/core/app'
import app, { setApp } from '@adonisjs/core/services/app'
import type { ApplicationService, ContainerBindings } from '@adonisjs/core/types'
import { OPERATOR } from '#app/core/actor'
import type { Caller } from '#app/core/caller'
import { newUuid } from '#app/core/ids'
import { readSettings } from '#cli/read_settings'
import { APP_ROOT, importer } from '#start/ignition'

export function operatorCaller(): Caller {
  return { user: OPERATOR, via: 'cli', requestId: newUuid(), ip: null, userAgent: null }
}

/** Boots the application for one command and answers what ends it. One that runs already, as in a test, is left running. */
export async function openApp(): Promise<() => Promise<void>> {
  if (app?.isBooted && !app.isTerminating && !app.isTerminated) return async () => {}
  // Not the Ignitor: it brings ace, prompts and the web server along, 0.15 s for every command.
  const own: ApplicationService = new Application<ContainerBindings>(APP_ROOT, { environment: 'console', importer })
  setApp(own)
  own.booting(async () => void own.useConfig(await commandConfig()))
  try {
    await own.init()
    await own.boot()
    await own.start(() => {})
  } catch (error) {
    await own.terminate()
    throw error
  }
  return () => own.terminate()
}

/**
 * What a command needs of config/: each file left out saves the package behind it. The standard output is for the
 * command's answer, which a program may read, so that the log goes elsewhere; what goes wrong the command says itself.
 */
async function commandConfig() {
  await readSettings()
  const [http, database, encryption, hash, logger] = await Promise.all([
    import('#config/app'),
    import('#config/database'),
    import('#config/encryption'),
    import('#config/hash'),
    import('#config/logger'),
  ])
  const { loggers, ...rest } = logger.default
  const toErrorOutput = { ...loggers.app, level: 'error', destination: process.stderr }
  return {
    app: { ...http },
    database: database.default,
    encryption: encryption.default,
    hash: hash.default,
    logger: { ...rest, loggers: { app: toErrorOutput } },
  }
}
