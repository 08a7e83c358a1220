import { column } from '@adonisjs/lucid/orm'
import { fromSqlInstant, toSqlInstant } from '#app/core/clock'

/**
 * An instant in UTC with milliseconds, a `Date` in the model. Lucid's own dateTime column drops the milliseconds on
 * SQLite, and two changes in one second would then sort at random.
 */
export function instant() {
  return column({
    meta: { isInstant: true },
    prepare: (value) => (value instanceof Date ? toSqlInstant(value) : (value ?? null)),
    consume: (value) => (typeof value === 'string' ? fromSqlInstant(value) : (value ?? null)),
    serialize: (value: Date | null) => value?.toISOString() ?? null,
  })
}
