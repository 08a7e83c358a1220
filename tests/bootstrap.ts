import { rm } from 'node:fs/promises'
import app from '@adonisjs/core/services/app'
import router from '@adonisjs/core/services/router'
import db from '@adonisjs/lucid/services/db'
import testUtils from '@adonisjs/core/services/test_utils'
import { assert } from '@japa/assert'
import { ApiClient, apiClient } from '@japa/api-client'
import { pluginAdonisJS } from '@japa/plugin-adonisjs'
import type { Config } from '@japa/runner/types'
import { countTests } from '#tests/count_reporter'
import { expectDocumented } from '#tests/openapi_answers'
import { prepareDatabase } from '#app/setup/prepare_database'
import { dataDir } from '#start/env'

export const plugins: Config['plugins'] = [assert(), apiClient(), pluginAdonisJS(app), countTests]

export const runnerHooks: Required<Pick<Config, 'setup' | 'teardown'>> = {
  setup: [
    async () => {
      await emptyDatabase()
      await prepareDatabase()
      // Before the tests are read, since some are made of the routes; the server would do it later.
      router.commit()
      ApiClient.teardown(expectDocumented)
    },
  ],
  teardown: [() => rm(dataDir(), { recursive: true, force: true })],
}

const SERVED = ['functional', 'contracts', 'e2e', 'services']

export const configureSuite: Config['configureSuite'] = (suite) => {
  if (SERVED.includes(suite.name)) suite.setup(() => testUtils.httpServer().start())
}

/** A server's test database may hold the tables of a former run; SQLite's folder is new. */
async function emptyDatabase() {
  if (db.connection().dialect.name !== 'mysql') return
  await db.connection().dropAllTables()
}
