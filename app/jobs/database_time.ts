import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { clockOffset } from '#app/core/clock'

/**
 * SQL for now, and so many milliseconds later, by the database's clock: it is the only one that all processes share, so
 * that a machine whose own clock is wrong neither keeps a lease for ever nor takes one that is held.
 */
export function databaseTime(client: QueryClientContract, milliseconds = 0) {
  const shift = milliseconds + clockOffset()
  return client.dialect.name === 'mysql'
    ? client.raw('date_add(utc_timestamp(3), interval ? microsecond)', [shift * 1000])
    : client.raw("strftime('%Y-%m-%d %H:%M:%f', 'now', ?)", [`${shift / 1000} seconds`])
}
