import db from '@adonisjs/lucid/services/db'
import env from '#start/env'
import { sessionTests } from '#tests/functional/sessions/store_tests'

sessionTests('the database', {
  setup: () => {
    const former = env.get('SESSION_DRIVER')
    env.set('SESSION_DRIVER', 'database')
    return () => env.set('SESSION_DRIVER', former as 'database')
  },
  async dump() {
    const rows = await db.from('sessions')
    return rows.map((row) => JSON.stringify(row))
  },
})
