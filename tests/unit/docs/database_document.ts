import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { selectRows } from '#app/core/insert_rows'
import { ENCRYPTED_COLUMNS } from '#app/keys/encrypted_columns'

export interface Column {
  name: string
  type: string
  nullable: boolean
  key: '' | 'PK' | 'FK' | 'UK' | 'PK, FK' | 'FK, UK'
  encrypted: boolean
}

export interface ForeignKey {
  table: string
  column: string
  to: string
  onDelete: string
  nullable: boolean
  unique: boolean
}

export interface Schema {
  tables: Map<string, Column[]>
  foreignKeys: ForeignKey[]
}

// Ciphertext that no model declares: it is written and read beside the models.
const SEALED_ELSEWHERE = ['record_versions.body']

/** The tables that the migrations made, read from SQLite itself. Lucid's own and SQLite's own are left out. */
export async function readSchema(client: QueryClientContract): Promise<Schema> {
  const names = await selectRows<{ name: string }>(
    client,
    `select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like 'adonis_schema%' order by name`
  )
  const schema: Schema = { tables: new Map(), foreignKeys: [] }
  for (const { name } of names) {
    const columns = await selectRows<Info>(client, `pragma table_info(${name})`)
    const keys = await selectRows<KeyInfo>(client, `pragma foreign_key_list(${name})`)
    const unique = await uniqueColumns(name, client)
    schema.tables.set(
      name,
      columns.map((info) => columnOf(name, info, keys, unique))
    )
    for (const { from, table, on_delete } of [...keys].sort((a, b) => a.from.localeCompare(b.from))) {
      const nullable = !columns.find((column) => column.name === from)!.notnull
      const onDelete = on_delete.toLowerCase()
      schema.foreignKeys.push({ table: name, column: from, to: table, onDelete, nullable, unique: unique.has(from) })
    }
  }
  return schema
}

interface Info {
  name: string
  type: string
  notnull: number
  pk: number
}

interface KeyInfo {
  from: string
  table: string
  on_delete: string
}

async function uniqueColumns(table: string, client: QueryClientContract): Promise<Set<string>> {
  const found = new Set<string>()
  for (const { name, unique } of await selectRows<{ name: string; unique: number }>(
    client,
    `pragma index_list(${table})`
  )) {
    const columns = await selectRows<{ name: string }>(client, `pragma index_info(${name})`)
    if (unique && columns.length === 1) found.add(columns[0]!.name)
  }
  return found
}

function columnOf(table: string, { name, type, notnull, pk }: Info, keys: KeyInfo[], unique: Set<string>): Column {
  const isForeign = keys.some(({ from }) => from === name)
  const key = [pk ? 'PK' : '', isForeign ? 'FK' : '', unique.has(name) && !pk ? 'UK' : ''].filter(Boolean).join(', ')
  const encrypted =
    name in ((ENCRYPTED_COLUMNS as Record<string, object>)[table] ?? {}) ||
    SEALED_ELSEWHERE.includes(`${table}.${name}`)
  const nullable = !notnull && !pk
  return {
    name,
    type: isForeign && type !== 'blob' ? 'id' : kindOf(name, type, encrypted),
    nullable,
    key: key as Column['key'],
    encrypted,
  }
}

/** What a column holds, in words that are true of both engines. */
function kindOf(name: string, type: string, encrypted: boolean): string {
  if (encrypted) return 'ciphertext'
  if (type === 'varchar(36)') return 'uuid'
  if (type === 'blob') return 'bytes'
  if (type === 'datetime') return 'instant'
  if (/int/i.test(type)) return name === 'id' || name.endsWith('_id') ? 'id' : 'integer'
  return type.replace('varchar', 'text')
}

export function drawOverview({ tables, foreignKeys }: Schema): string {
  const lines = foreignKeys.map(
    ({ table, column, to, onDelete, nullable, unique }) =>
      `  ${to} ${nullable ? '|o' : '||'}--${unique ? 'o|' : 'o{'} ${table} : "${column}, ${onDelete}"`
  )
  const linked = new Set(foreignKeys.flatMap(({ table, to }) => [table, to]))
  const alone = [...tables.keys()].filter((name) => !linked.has(name)).map((name) => `  ${name}`)
  return mermaid([...lines, ...alone])
}

function drawColumns({ tables }: Schema, wanted: string[]): string {
  const lines = wanted.flatMap((name) => [
    `  ${name} {`,
    ...(tables.get(name) ?? []).map(({ name: column, type, key, nullable, encrypted }) => {
      const remark = [encrypted ? 'encrypted' : '', nullable ? 'or null' : ''].filter(Boolean).join(', ')
      return `    ${type} ${column}${key ? ` ${key}` : ''}${remark ? ` "${remark}"` : ''}`
    }),
    '  }',
  ])
  return mermaid(lines)
}

function tabulateForeignKeys({ foreignKeys }: Schema): string {
  const rows = foreignKeys.map(
    ({ table, column, to, onDelete, nullable }) =>
      `| \`${table}.${column}\` | \`${to}\` | ${onDelete} | ${nullable ? 'yes' : 'no'} |`
  )
  return ['| column | leads to | on delete | can be null |', '|---|---|---|---|', ...rows].join('\n')
}

function mermaid(lines: string[]) {
  return ['```mermaid', 'erDiagram', ...lines, '```'].join('\n')
}

/** Names in the first cells of a section's tables, in their order. */
export function tablesNamedIn(section: string): string[] {
  return [...section.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name!)
}

/** Fills every `<!-- generated: … -->` of the document; what people wrote stays as it is. */
export function withGenerated(document: string, schema: Schema): string {
  const parts = document.split(/^(?=## )/m)
  return parts
    .map((section) =>
      section.replace(/<!-- generated: ([\w ]+) -->[^]*?<!-- end -->/g, (_, what: string) => {
        const made = {
          'overview': () => drawOverview(schema),
          'foreign keys': () => tabulateForeignKeys(schema),
          'columns': () => drawColumns(schema, tablesNamedIn(section)),
        }[what]
        if (!made) throw new Error(`docs/database.md asks for "${what}", which nobody makes`)
        return `<!-- generated: ${what} -->\n\n${made()}\n\n<!-- end -->`
      })
    )
    .join('')
}
