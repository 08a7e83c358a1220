import type { BaseSchema } from '@adonisjs/lucid/schema'

type Table = Parameters<Parameters<BaseSchema['schema']['createTable']>[1]>[0]

/* Both dialects read SQL that the other refuses, so the few differences live here and nowhere else. */
export interface Dialect {
  name: string
}

const isSqlite = (dialect: Dialect) => dialect.name !== 'mysql'

/** A UUID in its canonical lower-case text, 36 ASCII characters: the same on both engines, and readable in a dump. */
export function uuid(table: Table, column: string, dialect: Dialect) {
  return table.specificType(
    column,
    isSqlite(dialect) ? 'varchar(36)' : 'char(36) character set ascii collate ascii_bin'
  )
}

/** Text compared byte by byte: codes, states, folded names. The default collation would make 'é' equal to 'e'. */
export function exact(table: Table, column: string, length: number, dialect: Dialect) {
  return table.specificType(
    column,
    isSqlite(dialect) ? `varchar(${length})` : `varchar(${length}) character set utf8mb4 collate utf8mb4_bin`
  )
}

/** An instant in UTC with milliseconds, kept as 'YYYY-MM-DD HH:mm:ss.SSS'. */
export function instant(table: Table, column: string) {
  return table.datetime(column, { precision: 3 })
}

export function timestamps(table: Table) {
  instant(table, 'created_at').notNullable()
  instant(table, 'updated_at').notNullable()
}

/** Ciphertext of app/keys, or NULL; the list of such columns is app/keys/encrypted_columns.ts. */
export function sealed(table: Table, ...columns: string[]) {
  for (const column of columns) table.binary(column).nullable()
}

/** Fixed-length bytes: tokens, hashes, key ids. */
export function bytes(table: Table, column: string, length: number, dialect: Dialect) {
  return table.specificType(column, isSqlite(dialect) ? 'blob' : `binary(${length})`)
}

export function identity(table: Table, dialect: Dialect) {
  table.bigIncrements('id')
  uuid(table, 'uuid', dialect).notNullable().unique()
}

/** What every clinical table carries. `version` starts at 1 and grows by one with each change. */
export function clinicalIdentity(table: Table, dialect: Dialect) {
  identity(table, dialect)
  table.integer('version').unsigned().notNullable().defaultTo(1)
}

type OnDelete = 'CASCADE' | 'SET NULL' | 'RESTRICT'

/** A foreign key with its index: SQLite makes none by itself. */
export function reference(table: Table, column: string, to: string, onDelete: OnDelete) {
  const built = table.bigInteger(column).unsigned()
  table.foreign(column).references(`${to}.id`).onDelete(onDelete)
  table.index([column])
  return built
}

/** A nullable foreign key on a table that is there already; SQLite takes one only with the column itself. */
export function addReference(
  schema: BaseSchema['schema'],
  table: string,
  column: string,
  to: string,
  onDelete: OnDelete,
  dialect: Dialect
) {
  const rule = `references ${to}(id) on delete ${onDelete.toLowerCase()}`
  if (isSqlite(dialect)) schema.raw(`alter table ${table} add column ${column} bigint ${rule}`)
  else
    schema.raw(
      `alter table ${table} add column ${column} bigint unsigned null, add constraint ${table}_${column}_foreign foreign key (${column}) ${rule}`
    )
  schema.alterTable(table, (altered) => altered.index([column]))
}
