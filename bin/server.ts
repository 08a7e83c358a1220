import 'reflect-metadata'
import { Ignitor, prettyPrintError } from '@adonisjs/core'
import { APP_ROOT, importer } from '#start/ignition'
import { servedWith } from '#start/node_server'

const serving = servedWith()

new Ignitor(APP_ROOT, { importer })
  .tap((app) => {
    app.booting(async () => {
      await import('#start/env')
    })
    app.starting(async () => void (await serving.prepare()))
    app.listen('SIGTERM', () => app.terminate())
    app.listenIf(app.managedByPm2, 'SIGINT', () => app.terminate())
  })
  .httpServer()
  .start(serving.serverOf)
  .catch((error) => {
    process.exitCode = 1
    prettyPrintError(error)
  })
