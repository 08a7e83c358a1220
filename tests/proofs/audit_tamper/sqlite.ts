import { join } from 'node:path'
import db from '@adonisjs/lucid/services/db'
import type { ConnectionConfig, QueryClientContract } from '@adonisjs/lucid/types/database'
import { migrate } from '#tests/functional/database/scratch_database'

const NAME = 'tampered'

/** An SQLite database beside the one in use. */
export async function withSqlite(work: (client: QueryClientContract) => Promise<void>) {
  const { config } = db.manager.get('sqlite')!
  const connection = { filename: join(process.env.DATA_DIR!, 'tampered.sqlite') }
  db.manager.add(NAME, { ...config, connection } as ConnectionConfig)
  try {
    await migrate(NAME, 'up')
    await work(db.connection(NAME))
  } finally {
    await db.manager.close(NAME, true)
  }
}
