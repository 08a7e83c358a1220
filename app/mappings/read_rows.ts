import { Buffer, isAscii, isUtf8 } from 'node:buffer'
import { open } from 'node:fs/promises'
import { TextDecoder } from 'node:util'
import type { FileFormat } from '#app/mappings/detect_format'
import { type Frame, frameRows } from '#app/mappings/frame_rows'
import { brokenCell, parseEachRow, type RowSyntax } from '#app/mappings/parse_rows'
import { BadSource, type Params, type RowCode } from '#app/mappings/source_problems'

/** One record of the file. `raw` holds its exact bytes, its own line ending included; `values` or `problem` is there. */
export interface RawRow {
  line: number
  raw: Buffer
  values?: string[]
  /** `cell` is the index of the column, or null. */
  problem?: { code: RowCode; cell: number | null; params: Params }
}
export interface RawBatch {
  rows: RawRow[]
  /** How far in the file reading has come. */
  bytesRead: number
}

const CHUNK_BYTES = 256 * 1024
const MAX_RECORD_BYTES = 1024 * 1024
// Beyond this a file without line ends is no CSV, and holding a line would no longer be flat memory.
const MAX_LINE_BYTES = 16 * 1024 * 1024
const NUL = 0
const END_OF_DOS_FILE = 0x1a

export interface Header {
  names: string[]
  /** The exact bytes before the first row: byte order mark and header record. */
  raw: Buffer
  line: number
}

/** Reads the header record alone. Throws BadSource. */
export async function readHeader(path: string, file: string, format: FileFormat): Promise<Header> {
  const handle = await open(path)
  try {
    let bytes = Buffer.alloc(0)
    for (;;) {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(CHUNK_BYTES), 0, CHUNK_BYTES, bytes.length)
      bytes = Buffer.concat([bytes, buffer.subarray(0, bytesRead)])
      // One column: nothing is known yet of how many a sound row has.
      const syntax = { ...format, columns: 1 }
      const body = bytes.subarray(format.skip)
      const { frames } = frameRows(body, 1, !bytesRead, syntax, { maxRecordBytes: MAX_RECORD_BYTES })
      const frame = frames.find((one) => !isBlank(body, one))
      if (!frame && bytesRead && bytes.length < MAX_RECORD_BYTES) continue
      if (!frame) throw new BadSource('header_missing', { file })
      const raw = bytes.subarray(0, format.skip + frame.end)
      const [row] = decodeFrames(body, [frame], syntax, format, false)
      if (!row?.values) throw new BadSource('bad_header', { file, line: frame.line })
      return { names: row.values.map((name) => name.trim()), raw, line: frame.line + frame.lines }
    }
  } finally {
    await handle.close()
  }
}

/** Every record after the header, in batches of at most `size`. Lines without a character are no records. */
export async function* readRows(
  path: string,
  file: string,
  format: FileFormat,
  columns: number,
  from: { byte: number; line: number },
  size: number
): AsyncGenerator<RawBatch> {
  const syntax: RowSyntax = { ...format, columns }
  const handle = await open(path)
  try {
    let { byte, line } = from
    let rest: Buffer = Buffer.alloc(0)
    for (;;) {
      // A new buffer each time: the rows of the last one are still in use.
      const buffer = Buffer.allocUnsafe(rest.length + CHUNK_BYTES)
      rest.copy(buffer)
      const { bytesRead } = await handle.read(buffer, rest.length, CHUNK_BYTES, byte + rest.length)
      const isLast = bytesRead === 0
      const bytes = buffer.subarray(0, rest.length + bytesRead)
      const framed = frameRows(bytes, line, isLast, syntax, { maxRecordBytes: MAX_RECORD_BYTES })
      const frames = framed.frames.filter((frame) => !isBlank(bytes, frame))
      for (let index = 0; index < frames.length; index += size) {
        const part = frames.slice(index, index + size)
        const rows = decodeFrames(bytes, part, syntax, format, true)
        yield { rows, bytesRead: byte + part.at(-1)!.end }
      }
      if (isLast) return
      rest = bytes.subarray(framed.consumed)
      if (rest.length > MAX_LINE_BYTES) throw new BadSource('line_too_long', { file, line: framed.line })
      byte += framed.consumed
      line = framed.line
    }
  } finally {
    await handle.close()
  }
}

function isBlank(bytes: Buffer, { start, text, end }: Frame): boolean {
  if (text === start) return true
  return text - start === 1 && bytes[start] === END_OF_DOS_FILE && end === bytes.length
}

function decodeFrames(
  bytes: Buffer,
  frames: Frame[],
  syntax: RowSyntax,
  format: FileFormat,
  strict: boolean
): RawRow[] {
  const start = frames[0]!.start
  const span = bytes.subarray(start, frames.at(-1)!.end)
  const traits = { ascii: isAscii(span), nul: span.includes(NUL) }
  const quoted = frames.filter((frame) => frame.hasQuote && !frame.problem)
  const cells = parseEachRow(
    quoted.map((frame) => bytes.subarray(frame.start, frame.text)),
    syntax
  )
  let next = 0
  return frames.map((frame) => {
    const row: RawRow = { line: frame.line, raw: bytes.subarray(frame.start, frame.end) }
    const text = bytes.subarray(frame.start, frame.text)
    const parsed = frame.problem ? null : frame.hasQuote ? cells[next++]! : splitCells(text, syntax)
    return fill(row, text, parsed, frame, { syntax, format, traits, strict })
  })
}

function splitCells(text: Buffer, { delimiter }: RowSyntax): string[] {
  return text.toString('latin1').split(delimiter)
}

interface Reading {
  syntax: RowSyntax
  format: FileFormat
  traits: { ascii: boolean; nul: boolean }
  strict: boolean
}

function fill(row: RawRow, text: Buffer, cells: string[] | null, frame: Frame, reading: Reading): RawRow {
  const { syntax, format, traits, strict } = reading
  if (traits.nul && text.includes(NUL)) {
    const cell = (cells ?? splitCells(text, syntax)).findIndex((value) => value.includes('\0'))
    return refuse(row, 'nul_byte', cell)
  }
  if (!cells) {
    if (frame.problem === 'record_too_long') return refuse(row, frame.problem, null)
    return refuse(row, frame.problem ?? 'bad_quotes', brokenCell(text, syntax))
  }
  if (strict && cells.length !== syntax.columns) {
    return refuse(row, 'ragged_row', null, { expected: syntax.columns, found: cells.length })
  }
  if (strict && cells.every((cell) => cell === '')) return refuse(row, 'empty_row', null)
  if (traits.ascii || isAscii(text)) {
    row.values = cells
    return row
  }
  return decodeCells(row, text, cells, format)
}

function decodeCells(row: RawRow, text: Buffer, cells: string[], { encoding, fallback }: FileFormat): RawRow {
  const sound = encoding !== 'utf-8' || isUtf8(text)
  if (!sound && !fallback) {
    const cell = cells.findIndex((value) => !isUtf8(Buffer.from(value, 'latin1')))
    return refuse(row, 'bad_encoding', cell, { encoding })
  }
  const decoder = decoderFor(sound ? encoding : fallback!)
  row.values = cells.map((cell) => (isPlain(cell) ? cell : decoder.decode(Buffer.from(cell, 'latin1'))))
  return row
}

const decoders = new Map<string, TextDecoder>()

function decoderFor(encoding: string): TextDecoder {
  let decoder = decoders.get(encoding)
  if (!decoder) decoders.set(encoding, (decoder = new TextDecoder(encoding, { ignoreBOM: true })))
  return decoder
}

function isPlain(cell: string): boolean {
  // eslint-disable-next-line no-control-regex -- all of ASCII is meant, its control characters too
  return /^[\x00-\x7f]*$/.test(cell)
}

function refuse(row: RawRow, code: RowCode, cell: number | null, params: Params = {}): RawRow {
  row.problem = { code, cell: cell === null || cell < 0 ? null : cell, params }
  return row
}
