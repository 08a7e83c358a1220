import string from '@adonisjs/core/helpers/string'
import type { LucidModel } from '@adonisjs/lucid/types/model'
import { blindIndexesOf } from '#app/keys/blind_indexed'
import { isPadded } from '#app/keys/encrypted_columns'
import Patient from '#app/patients/patient'
import * as generated from '#database/schema'

export interface SealedColumn {
  table: string
  column: string
  padded: boolean
  /** Whether it can be found by its exact value, and a value is then one row's alone. */
  index?: 'unique' | 'shared'
}

const { pascalCase, singular } = string
const models = generated as unknown as Record<string, LucidModel>

// Ciphertext that no model declares: it is written and read beside the models.
const BESIDE_THE_MODELS = [{ table: 'record_versions', column: 'body', padded: false }]

/** The columns that the models of these tables declare encrypted, and the copies that are kept of them. */
export function sealedColumns(tables: string[]): SealedColumn[] {
  const indexes = blindIndexesOf(Patient)
  const indexed = new Map(indexes.map(({ field, isUnique }) => [field, isUnique ? 'unique' : 'shared'] as const))
  const declared = tables.flatMap((table) => {
    const model = models[`${pascalCase(singular(table))}Schema`]!
    model.boot()
    const columns = [...model.$columnsDefinitions.values()].filter(({ meta }) => meta?.isEncrypted)
    return columns.map(({ columnName: column }) => ({
      ...{ table, column, padded: isPadded(table, column) },
      index: indexed.get(`${table}.${column}`),
    }))
  })
  return [...declared, ...BESIDE_THE_MODELS].sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1))
}

export const nameOf = ({ table, column }: Pick<SealedColumn, 'table' | 'column'>) => `${table}.${column}`

function tabulate(columns: SealedColumn[]): string {
  const tables = Map.groupBy(columns, ({ table }) => table)
  const named = (some: SealedColumn[]) => some.map(({ column }) => `\`${column}\``).join(', ') || '–'
  const rows = [...tables].map(([table, of]) => {
    const padded = of.filter((column) => column.padded)
    const found = of
      .filter(({ index }) => index)
      .map(({ column, index }) => `\`${column}\`${index === 'unique' ? ' (of one row)' : ''}`)
    return `| \`${table}\` | ${named(of)} | ${named(padded)} | ${found.join(', ') || '–'} |`
  })
  const head = ['| table | encrypted columns | of them padded | found by a blind index |', '|---|---|---|---|']
  return [...head, ...rows].join('\n')
}

/** The page with its list of encrypted columns made anew; what people wrote stays as it is. */
export function withList(page: string, columns: SealedColumn[]): string {
  return page.replace(
    /<!-- generated: encrypted columns -->[^]*?<!-- end -->/,
    () => `<!-- generated: encrypted columns -->\n\n${tabulate(columns)}\n\n<!-- end -->`
  )
}

/** The rows of the tables below a heading: their first cells' words in code, and what is said of them. */
export function rowsBelow(page: string, heading: string): { named: string[]; said: string }[] {
  const section = page.split(/^(?=## )/m).find((part) => part.startsWith(`## ${heading}\n`)) ?? ''
  return [...section.matchAll(/^\| (`.*?) \| (.*) \|$/gm)].map(([, cell, said]) => ({
    named: [...cell!.matchAll(/`([\w.]+)`/g)].map(([, name]) => name!),
    said: said!,
  }))
}
