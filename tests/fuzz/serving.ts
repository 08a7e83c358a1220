import 'reflect-metadata'
import { rm } from 'node:fs/promises'
import { Ignitor } from '@adonisjs/core'
import { APP_ROOT, importer } from '#start/ignition'
import { prepareTestEnvironment } from '#tests/environment'

/**
 * Runs `work` beside the whole application, which serves a new database of its own; nothing of it is left behind.
 * `settings` are what the environment says beside that of a test.
 */
export async function serving(
  work: (origin: URL) => Promise<void>,
  settings: Record<string, string> = {}
): Promise<void> {
  process.env.NODE_ENV = 'test'
  await prepareTestEnvironment()
  Object.assign(process.env, settings)
  const ignitor = new Ignitor(APP_ROOT, { importer })
  const { env } = process
  try {
    await ignitor.testRunner().run(async () => {
      const { prepareDatabase } = await import('#app/setup/prepare_database')
      const { default: testUtils } = await import('@adonisjs/core/services/test_utils')
      await prepareDatabase()
      const stop = await testUtils.httpServer().start()
      try {
        await work(new URL(`http://${env.HOST}:${env.PORT}`))
      } finally {
        await stop()
      }
    })
  } finally {
    await ignitor.terminate()
    await rm(env.DATA_DIR!, { recursive: true, force: true })
  }
}
