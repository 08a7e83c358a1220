import db from '@adonisjs/lucid/services/db'
import { selectRows } from '#app/core/insert_rows'

export interface ColumnFact {
  name: string
  type: string
  nullable: boolean
  charset: string | null
}

export interface ForeignKeyFact {
  column: string
  to: string
  onDelete: string
}

export interface TableFacts {
  columns: ColumnFact[]
  foreignKeys: ForeignKeyFact[]
  /** Columns of each index in their order, the primary key included. */
  indexes: string[][]
  unique: string[][]
}

/** What the database itself says of its tables, in one form for both engines. */
export async function schemaFacts(connection = db.primaryConnectionName): Promise<Record<string, TableFacts>> {
  const client = db.connection(connection)
  const read = <T>(sql: string, bindings: unknown[] = []) => selectRows<T>(client, sql, bindings)
  const facts = client.dialect.name === 'mysql' ? mysqlFacts : sqliteFacts
  const tables = await facts(read)
  return Object.fromEntries(Object.entries(tables).sort(([a], [b]) => (a < b ? -1 : 1)))
}

type Read = <T>(sql: string, bindings?: unknown[]) => Promise<T[]>

async function mysqlFacts(read: Read): Promise<Record<string, TableFacts>> {
  const here = 'table_schema = database()'
  const columns = await read<Record<string, any>>(
    `select table_name t, column_name c, column_type ty, is_nullable n, character_set_name cs
     from information_schema.columns where ${here} order by table_name, ordinal_position`
  )
  const keys = await read<Record<string, any>>(
    `select k.table_name t, k.column_name c, concat(k.referenced_table_name, '.', k.referenced_column_name) r, c.delete_rule d
     from information_schema.key_column_usage k join information_schema.referential_constraints c
       on c.constraint_schema = k.table_schema and c.constraint_name = k.constraint_name and c.table_name = k.table_name
     where k.table_schema = database() and k.referenced_table_name is not null`
  )
  const indexes = await read<Record<string, any>>(
    `select table_name t, index_name i, min(non_unique) u, group_concat(column_name order by seq_in_index) c
     from information_schema.statistics where ${here} group by table_name, index_name`
  )
  const names = [...new Set(columns.map(({ t }) => t as string))]
  const of = (list: Record<string, any>[], name: string) => list.filter(({ t }) => t === name)
  return Object.fromEntries(
    names.map((name) => [
      name,
      {
        columns: of(columns, name).map(({ c, ty, n, cs }) => ({
          name: c,
          type: ty,
          nullable: n === 'YES',
          charset: cs,
        })),
        foreignKeys: of(keys, name).map(({ c, r, d }) => ({ column: c, to: r, onDelete: d })),
        indexes: of(indexes, name).map(({ c }) => c.split(',')),
        unique: of(indexes, name)
          .filter(({ u }) => Number(u) === 0)
          .map(({ c }) => c.split(',')),
      },
    ])
  )
}

async function sqliteFacts(read: Read): Promise<Record<string, TableFacts>> {
  const tables = await read<{ name: string }>(
    `select name from sqlite_master where type = 'table' and name not like 'sqlite_%'`
  )
  const facts: Record<string, TableFacts> = {}
  for (const { name } of tables) {
    const columns = await read<Record<string, any>>(`pragma table_info(${name})`)
    const keys = await read<Record<string, any>>(`pragma foreign_key_list(${name})`)
    const list = await read<Record<string, any>>(`pragma index_list(${name})`)
    const indexes: { columns: string[]; unique: boolean }[] = []
    for (const { name: index, unique } of list) {
      const parts = await read<{ name: string }>(`pragma index_info(${index})`)
      indexes.push({ columns: parts.map((part) => part.name), unique: Boolean(unique) })
    }
    const primary = columns.filter(({ pk }) => pk).sort((a, b) => a.pk - b.pk)
    if (!indexes.some(({ columns: own }) => own.join() === primary.map((c) => c.name).join()))
      indexes.push({ columns: primary.map((c) => c.name), unique: true })
    facts[name] = {
      columns: columns.map((c) => ({ name: c.name, type: c.type, nullable: !c.notnull && !c.pk, charset: null })),
      foreignKeys: keys.map((k) => ({ column: k.from, to: `${k.table}.${k.to}`, onDelete: k.on_delete })),
      indexes: indexes.map((index) => index.columns),
      unique: indexes.filter((index) => index.unique).map((index) => index.columns),
    }
  }
  return facts
}
