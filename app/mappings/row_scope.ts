import type { Mapping, Pattern, Table } from '#app/mappings/mapping'
import type { Regexes } from '#app/mappings/run_regexes'

/** What the values of one row are read from. */
export interface RowScope {
  cells: readonly string[]
  /** The current item of for_each. */
  item: string | null
  /** The worker's answer; null also while it is not known yet, and then the row is mapped again later. */
  ask(rule: number, text: string, column: string | null): string | null
  /** The remembered cells of another file's row. */
  find(file: string, key: string): Record<string, string> | null
  /** Remembers cells of this row for the files that follow. */
  keep(key: string, cells: Record<string, string>): void
}

/** What a file's values are compiled against. */
export interface FileScope {
  mapping: Mapping
  /** Name of the column → its index; -1 for an optional column that is not there. */
  columns: ReadonlyMap<string, number>
  emptyValues: ReadonlySet<string>
  timezone: string
  regexes: Regexes
}

export function patternOf(pattern: Pattern): { pattern: string; flags: string } {
  if (typeof pattern === 'string') return { pattern, flags: 'u' }
  return { pattern: pattern.pattern, flags: pattern.ignore_case ? 'iu' : 'u' }
}

export function spaceOf(mapping: Mapping, file: string, also?: string): string {
  return `${mapping.source}:${file}${also ? `/${also}` : ''}`
}

export function tableOf(mapping: Mapping, table: string | Table): Table {
  return typeof table === 'string' ? (mapping.tables?.[table] ?? {}) : table
}
