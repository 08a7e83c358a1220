import { Buffer, isAscii, isUtf8 } from 'node:buffer'
import { open } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import { BadSource } from '#app/mappings/source_problems'

export interface FileFormat {
  encoding: string
  fallback: string | null
  delimiter: string
  /** The byte that ends a line: LF (a CR before it belongs to the ending), or CR in files of old Macintoshes. */
  newline: number
  quoted: boolean
  /** Bytes before the header: the length of a byte order mark. */
  skip: number
}

const LF = 0x0a
const CR = 0x0d
const HEAD_BYTES = 64 * 1024
const SCAN_BYTES = 1024 * 1024
const delimiters = [',', ';', '\t', '|']
// Every one keeps ASCII as it is, so that lines, quotes and delimiters are found in the bytes.
const singleByte = /^(windows-125[0-8]|iso-8859-([1-8]|1[013456])|macintosh|ibm866|koi8-[ru])$/

export function isKnownEncoding(label: string): boolean {
  return label === 'utf-8' || singleByte.test(label)
}

/**
 * Looks at the whole file for its encoding (valid UTF-8 is never by chance) and at its head for the rest.
 * `expected` are the columns that the mapping names: the delimiter that finds most of them is taken.
 * Throws BadSource when the file is empty or UTF-16.
 */
export async function detectFormat(
  path: string,
  file: string,
  given: { encoding?: string; fallback_encoding?: string; delimiter?: string; quote?: '"' | 'none' },
  expected: readonly string[]
): Promise<FileFormat> {
  const head = await readHead(path)
  refuseUtf16(head, file)
  const skip = hasByteOrderMark(head) ? 3 : 0
  if (head.length === skip) throw new BadSource('header_missing', { file })
  const newline = !head.includes(LF) && head.includes(CR) ? CR : LF
  const quoted = given.quote !== 'none'
  return {
    // A byte order mark knows better than the mapping.
    encoding: skip ? 'utf-8' : (given.encoding ?? (await detectEncoding(path, newline))),
    fallback: given.fallback_encoding ?? null,
    delimiter: given.delimiter ?? detectDelimiter(head.subarray(skip), newline, quoted, expected),
    newline,
    quoted,
    skip,
  }
}

async function readHead(path: string): Promise<Buffer> {
  const handle = await open(path)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

function hasByteOrderMark(head: Buffer): boolean {
  return head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf
}

function refuseUtf16(head: Buffer, file: string) {
  const marked = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)
  const line = head.subarray(0, Math.max(head.indexOf(LF), 0))
  const nuls = line.filter((byte) => byte === 0).length
  if (marked || (line.length > 3 && nuls > line.length / 3)) {
    throw new BadSource('encoding_not_supported', { file, encoding: 'UTF-16' })
  }
}

/**
 * utf-8 when every line is, windows-1252 when no line that has other than ASCII is. A mixed file is read as utf-8, and
 * its other rows are rejected until the mapping gives a `fallback_encoding`: guessing would garble names silently.
 */
async function detectEncoding(path: string, newline: number): Promise<string> {
  let broken = false
  let sound = false
  for await (const lines of wholeLines(path, newline)) {
    if (isUtf8(lines)) {
      sound ||= !isAscii(lines)
      continue
    }
    broken = true
    sound ||= hasSoundLine(lines, newline)
    if (sound) return 'utf-8'
  }
  return broken && !sound ? 'windows-1252' : 'utf-8'
}

function hasSoundLine(lines: Buffer, newline: number): boolean {
  for (let start = 0; start < lines.length;) {
    const found = lines.indexOf(newline, start)
    const end = found < 0 ? lines.length : found
    const line = lines.subarray(start, end)
    if (isUtf8(line) && !isAscii(line)) return true
    start = end + 1
  }
  return false
}

async function* wholeLines(path: string, newline: number): AsyncGenerator<Buffer> {
  const handle = await open(path)
  try {
    let rest = Buffer.alloc(0)
    for (;;) {
      const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(SCAN_BYTES), 0, SCAN_BYTES)
      if (!bytesRead) break
      const bytes = Buffer.concat([rest, buffer.subarray(0, bytesRead)])
      // A line longer than a whole scan is judged in pieces; the reader refuses such a file anyway.
      const end = bytes.lastIndexOf(newline) + 1 || (bytes.length > 2 * SCAN_BYTES ? bytes.length : 0)
      if (end) yield bytes.subarray(0, end)
      rest = bytes.subarray(end)
    }
    if (rest.length) yield rest
  } finally {
    await handle.close()
  }
}

function detectDelimiter(head: Buffer, newline: number, quoted: boolean, expected: readonly string[]): string {
  const found = head.indexOf(newline)
  const first = head.subarray(0, found < 0 ? head.length : found)
  const wanted = new Set(expected)
  let best = { delimiter: ',', named: -1, columns: 0 }
  for (const delimiter of delimiters) {
    const cells = cellsOf(first, delimiter, quoted)
    const named = cells.filter((cell) => wanted.has(cell.trim())).length
    if (named > best.named || (named === best.named && cells.length > best.columns)) {
      best = { delimiter, named, columns: cells.length }
    }
  }
  return best.delimiter
}

function cellsOf(line: Buffer, delimiter: string, quoted: boolean): string[] {
  try {
    const options = { delimiter, relax_column_count: true, quote: quoted ? '"' : null, record_delimiter: '\n' } as const
    return parse(isUtf8(line) ? line : Buffer.from(line.toString('latin1')), options)[0] ?? []
  } catch {
    // Quotes that make no sense with this delimiter: not this one.
    return []
  }
}
