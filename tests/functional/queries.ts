import db from '@adonisjs/lucid/services/db'
import { readConnection } from '#config/database'

export interface Query {
  sql: string
  bindings: unknown[]
}

/** The statements that `work` causes, on the writing and on the reading connection. */
export async function queriesOf(work: () => Promise<unknown>): Promise<Query[]> {
  const queries: Query[] = []
  const listen = (query: Query) => void queries.push(query)
  const knexes = new Set([db.connection().getWriteClient(), db.connection(readConnection).getReadClient()])
  for (const knex of knexes) knex.on('query', listen)
  try {
    await work()
  } finally {
    for (const knex of knexes) knex.off('query', listen)
  }
  return queries
}
