import { Buffer } from 'node:buffer'
import { CsvError } from 'csv-parse'
import { parse } from 'csv-parse/sync'

export interface RowSyntax {
  delimiter: string
  newline: number
  quoted: boolean
  columns: number
}

const LF = Buffer.from('\n')

/**
 * The cells of these records, as strings of one character a byte; null when any of them breaks the rules of quoting
 * (RFC 4180). A record's bytes come without their line ending.
 */
export function parseRows(records: readonly Buffer[], { delimiter }: RowSyntax): string[][] | null {
  try {
    return parse(Buffer.concat(records.flatMap((record) => [record, LF])), {
      delimiter,
      encoding: 'latin1',
      record_delimiter: '\n',
      relax_column_count: true,
      max_record_size: 0,
    })
  } catch (error) {
    if (error instanceof CsvError) return null
    throw error
  }
}

/** The cells of each record by itself, null for the broken ones. Halving finds few among many without a call for each. */
export function parseEachRow(records: readonly Buffer[], syntax: RowSyntax): (string[] | null)[] {
  if (!records.length) return []
  const rows = parseRows(records, syntax)
  if (rows && rows.length === records.length) return rows
  if (records.length === 1) return [null]
  const middle = records.length >> 1
  return [...parseEachRow(records.slice(0, middle), syntax), ...parseEachRow(records.slice(middle), syntax)]
}

/** The index of the cell in which the quotes go wrong. */
export function brokenCell(record: Buffer, { delimiter }: RowSyntax): number {
  try {
    parse(record, { delimiter, encoding: 'latin1', relax_column_count: true, record_delimiter: '\n' })
    return 0
  } catch (error) {
    if (error instanceof CsvError) return typeof error.column === 'number' ? error.column : 0
    throw error
  }
}
