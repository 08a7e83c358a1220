import 'reflect-metadata'
import { Ignitor } from '@adonisjs/core'
import app from '@adonisjs/core/services/app'
import type { ApplicationService } from '@adonisjs/core/types'
import { OPERATOR } from '#app/core/actor'
import type { Caller } from '#app/core/caller'
import { newUuid } from '#app/core/ids'
import { APP_ROOT, importer } from '#start/ignition'

export function operatorCaller(): Caller {
  return { user: OPERATOR, via: 'cli', requestId: newUuid(), ip: null, userAgent: null }
}

/** Boots the application for one command and answers what ends it. One that runs already, as in a test, is left running. */
export async function openApp(): Promise<() => Promise<void>> {
  if (app?.isBooted && !app.isTerminating && !app.isTerminated) return async () => {}
  const own = ignite().createApp('console')
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

export function ignite(): Ignitor {
  return new Ignitor(APP_ROOT, { importer }).tap((own: ApplicationService) => {
    own.booting(async () => {
      await import('#start/env')
      await logToErrorOutput()
    })
  })
}

/** The standard output is for the command's answer, which a program may read. */
async function logToErrorOutput() {
  const { default: config } = await import('#config/logger')
  Object.assign(config.loggers.app, { destination: process.stderr })
}
