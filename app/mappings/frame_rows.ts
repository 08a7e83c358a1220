import { Buffer } from 'node:buffer'
import { parseRows, type RowSyntax } from '#app/mappings/parse_rows'

/** One record in the bytes: `[start, end)` with its line ending, `text` being where the ending begins. */
export interface Frame {
  start: number
  end: number
  text: number
  line: number
  lines: number
  hasQuote: boolean
  problem?: 'unbalanced_quotes' | 'record_too_long'
}
export interface FrameLimits {
  /** A quoted text that runs longer is taken for a quote that was never closed. */
  maxRecordBytes: number
}

const QUOTE = 0x22
const CR = 0x0d

/**
 * Cuts bytes into records, one physical line each unless a quoted text runs over several.
 *
 * A quote opened in a line and closed in a later one is trusted only if the lines read as one sound row and do not look
 * like rows themselves; else the first line alone is given up and reading goes on with the next, so that a stray quote
 * costs one row and not the rest of the file.
 *
 * Stops before a record of which the end is not in `bytes` yet, unless `isLast`. Returns what it consumed.
 */
export function frameRows(bytes: Buffer, line: number, isLast: boolean, syntax: RowSyntax, limits: FrameLimits) {
  const frames: Frame[] = []
  let position = 0
  let nextQuote = syntax.quoted ? bytes.indexOf(QUOTE) : -1
  while (position < bytes.length) {
    const first = lineAt(bytes, position, syntax.newline)
    if (!first.ended && !isLast) break
    if (nextQuote >= 0 && nextQuote < position) nextQuote = bytes.indexOf(QUOTE, position)
    const hasQuote = nextQuote >= 0 && nextQuote < first.text
    let frame: Frame | null = { ...first, line, lines: 1, hasQuote }
    if (frame.end - frame.start > limits.maxRecordBytes) frame.problem = 'record_too_long'
    else if (hasQuote && isOdd(bytes, first.start, first.text)) {
      frame = spanLines(bytes, frame, isLast, syntax, limits)
      if (!frame) break
    }
    frames.push(frame)
    position = frame.end
    line += frame.lines
  }
  return { frames, consumed: position, line }
}

/** Extends a line with an open quote to the line that closes it. Null when more bytes are needed to tell. */
function spanLines(bytes: Buffer, first: Frame, isLast: boolean, syntax: RowSyntax, limits: FrameLimits): Frame | null {
  const broken: Frame = { ...first, problem: 'unbalanced_quotes' }
  const whole = { ...first }
  while (whole.end - whole.start <= limits.maxRecordBytes) {
    if (whole.end >= bytes.length) return isLast ? broken : null
    const next = lineAt(bytes, whole.end, syntax.newline)
    if (!next.ended && !isLast) return null
    whole.end = next.end
    whole.text = next.text
    whole.lines++
    if (isOdd(bytes, next.start, next.text)) return isOneRow(bytes, whole, syntax) ? whole : broken
  }
  return broken
}

function isOneRow(bytes: Buffer, whole: Frame, syntax: RowSyntax): boolean {
  const rows = parseRows([bytes.subarray(whole.start, whole.text)], syntax)
  if (!rows || rows.length !== 1) return false
  const lines = linesOf(bytes, whole, syntax.newline)
  if (rows[0]!.length === syntax.columns) return !closesAnotherStrayQuote(lines, syntax)
  return !lines.slice(1).some((line) => isSoundRow(line, syntax))
}

/**
 * Two stray quotes in two rows can close one another and take the rows between them for text: then every line is a
 * sound row once they are gone. With few columns ordinary text looks like that too, so there they are trusted.
 */
function closesAnotherStrayQuote(lines: Buffer[], syntax: RowSyntax): boolean {
  if (syntax.columns < 4) return false
  const [first, last] = [lines[0]!, lines.at(-1)!]
  const rows = [without(first, first.lastIndexOf(QUOTE)), ...lines.slice(1, -1), without(last, last.indexOf(QUOTE))]
  return rows.every((line) => isSoundRow(line, syntax))
}

function without(line: Buffer, at: number): Buffer {
  return Buffer.concat([line.subarray(0, at), line.subarray(at + 1)])
}

function linesOf(bytes: Buffer, whole: Frame, newline: number): Buffer[] {
  const lines: Buffer[] = []
  for (let position = whole.start; position < whole.end;) {
    const { text, end } = lineAt(bytes, position, newline)
    lines.push(bytes.subarray(position, text))
    position = end
  }
  return lines
}

function hasRowOfCells(line: Buffer, { delimiter, columns }: RowSyntax): boolean {
  const wanted = delimiter.charCodeAt(0)
  let found = 1
  for (const byte of line) if (byte === wanted) found++
  return found === columns
}

function isSoundRow(line: Buffer, syntax: RowSyntax): boolean {
  if (syntax.columns < 2) return false
  if (!line.includes(QUOTE)) return hasRowOfCells(line, syntax)
  return parseRows([line], syntax)?.[0]?.length === syntax.columns
}

function lineAt(bytes: Buffer, start: number, newline: number) {
  const found = bytes.indexOf(newline, start)
  const ended = found >= 0
  const end = ended ? found + 1 : bytes.length
  let text = ended ? found : end
  if (text > start && bytes[text - 1] === CR && newline !== CR) text--
  return { start, end, text, ended }
}

function isOdd(bytes: Buffer, start: number, end: number): boolean {
  let odd = false
  for (let at = bytes.indexOf(QUOTE, start); at >= 0 && at < end; at = bytes.indexOf(QUOTE, at + 1)) odd = !odd
  return odd
}
