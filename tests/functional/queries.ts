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
    refuseRefusal(await work())
  } finally {
    for (const knex of knexes) knex.off('query', listen)
  }
  return queries
}

/** A request that is refused asks few questions, and would pass for one without N+1. */
function refuseRefusal(result: unknown) {
  const { status } = (result ?? {}) as { status?: unknown }
  const code = typeof status === 'function' ? (status.call(result) as number) : 0
  if (code >= 400) throw new Error(`the request whose queries are counted is answered ${code}`)
}
