process.env.NODE_ENV = 'test'

import 'reflect-metadata'
import { Ignitor, prettyPrintError } from '@adonisjs/core'
import { configure, processCLIArgs, run } from '@japa/runner'
import { APP_ROOT, importer } from '#start/ignition'
import { prepareTestEnvironment } from '#tests/environment'

await prepareTestEnvironment()

const ignitor = new Ignitor(APP_ROOT, { importer })

ignitor
  .tap((app) => {
    app.booting(async () => {
      await import('#start/env')
    })
    // The runner by itself would go on, without an application.
    app.listen('SIGTERM', () => void app.terminate().finally(() => process.exit(143)))
  })
  .testRunner()
  .configure(async (app) => {
    const { runnerHooks, ...config } = await import('#tests/bootstrap')
    processCLIArgs(process.argv.slice(2))
    configure({
      ...app.rcFile.tests,
      ...config,
      setup: runnerHooks.setup,
      teardown: [...runnerHooks.teardown, () => app.terminate()],
    })
  })
  .run(() => run())
  .catch(async (error) => {
    process.exitCode = 1
    await prettyPrintError(error)
    // Open connections would keep a run that could not start alive for ever.
    await ignitor.terminate()
  })
