import { columnsNamed } from '#app/mappings/columns_named'
import { detectFormat, type FileFormat } from '#app/mappings/detect_format'
import { locateSources, type SourceFile } from '#app/mappings/locate_sources'
import { mapperOf, type ReadRow } from '#app/mappings/map_rows'
import type { FileMapping, Mapping } from '#app/mappings/mapping'
import { type Header, readHeader, readRows } from '#app/mappings/read_rows'
import { Regexes } from '#app/mappings/run_regexes'
import { SeenRows } from '#app/mappings/seen_rows'
import { BadSource } from '#app/mappings/source_problems'

export interface ReadOptions {
  /** Which entry of the mapping a single file is, when its name does not say: `visites.csv` or `visites`. */
  as?: string
  /** Those of a folder's files that are there, and no complaint of others. */
  partial?: boolean
  /** Rows a batch, at most; 500 unless given. */
  batchSize?: number
  /** Milliseconds that one value may keep a regular expression busy; 1000 unless given. */
  regexLimitMs?: number
}
export interface MappedBatch {
  file: string
  /** The exact bytes before the first row (byte order mark, header record); empty when the file has no header. */
  header: Buffer
  rows: ReadRow[]
  /** For a progress bar: how far in the file reading has come, of how many bytes. */
  bytesRead: number
  bytesTotal: number
}

/**
 * Reads a folder (or a single file) as the mapping says, file by file in the mapping's order, so that what is referred
 * to comes first. Every record of every file comes out once, as records, as a lookup row or rejected; lines without a
 * character are no records. Memory does not grow with the files. Throws BadSource.
 */
export async function* readMapped(
  mapping: Mapping,
  path: string,
  options: ReadOptions = {}
): AsyncGenerator<MappedBatch> {
  const sources = await locateSources(mapping, path, options)
  const seen = new SeenRows()
  try {
    // A file that cannot be read as the mapping says is found before the first row of any other leaves.
    const opened: OpenedSource[] = []
    for (const source of sources) opened.push(await openSource(mapping, source))
    for (const source of opened) yield* readSource(mapping, source, seen, options)
  } finally {
    seen.close()
  }
}

interface OpenedSource extends SourceFile {
  format: FileFormat
  header: Header
  columns: Map<string, number>
}

async function openSource(mapping: Mapping, source: SourceFile): Promise<OpenedSource> {
  const { entry, path } = source
  const named = columnsNamed(mapping, entry)
  const format = await detectFormat(path, entry.file, readingRules(mapping, entry), named)
  const header = await headerOf(entry, path, format)
  return { ...source, format, header, columns: columnIndexes(header.names, named, entry) }
}

async function* readSource(
  mapping: Mapping,
  { entry, path, bytes, lookupOnly, format, header, columns }: OpenedSource,
  seen: SeenRows,
  { batchSize = 500, regexLimitMs = 1000 }: ReadOptions
): AsyncGenerator<MappedBatch> {
  const regexes = new Regexes(regexLimitMs)
  const timezone = entry.timezone ?? mapping.timezone ?? 'UTC'
  const emptyValues = new Set(entry.empty_values ?? mapping.empty_values)
  try {
    const mapRows = mapperOf(
      entry,
      header.names,
      { mapping, columns, emptyValues, timezone, regexes },
      seen,
      lookupOnly
    )
    const from = { byte: header.raw.length, line: header.line }
    for await (const { rows, bytesRead } of readRows(path, entry.file, format, header.names.length, from, batchSize)) {
      yield { file: entry.file, header: header.raw, rows: await mapRows(rows), bytesRead, bytesTotal: bytes }
    }
  } finally {
    await regexes.close()
  }
}

function readingRules(mapping: Mapping, entry: FileMapping) {
  return {
    encoding: (entry.encoding ?? mapping.encoding)?.toLowerCase(),
    fallback_encoding: (entry.fallback_encoding ?? mapping.fallback_encoding)?.toLowerCase(),
    delimiter: entry.delimiter ?? mapping.delimiter,
    quote: entry.quote,
  }
}

async function headerOf(entry: FileMapping, path: string, format: FileFormat): Promise<Header> {
  if (!entry.columns) return readHeader(path, entry.file, format)
  return { names: entry.columns, raw: Buffer.alloc(format.skip, '\u{feff}'), line: 1 }
}

function columnIndexes(names: string[], named: string[], { file, optional_columns: optional = [] }: FileMapping) {
  const columns = new Map<string, number>()
  for (const column of named) {
    const index = names.indexOf(column)
    if (index < 0 && !optional.includes(column)) throw new BadSource('missing_column', { file, column })
    if (index !== names.lastIndexOf(column)) throw new BadSource('duplicate_column', { file, column })
    columns.set(column, index)
  }
  return columns
}
