const LINE_END = /[\r\n][^\r\n]*$/
/* No row that is read here is as long, and what is no CSV at all must not be kept whole. */
const LONGEST_LINE = 4 * 1024 * 1024

/*
 * Where a cell may begin, whatever the delimiter is, and what a spreadsheet computes. A sign is a part of numbers and
 * telephone numbers. Rows may be broken, so that no quotes are believed.
 */
const BEGINNING = String.raw`(^|[,;|\t\r\n])("?)`
const COMPUTED = String.raw`(?=[=@]|[+-](?![\d ().,-]*(?:["\r\n,;|\t]|$)))`
const FORMULAS = new RegExp(BEGINNING + COMPUTED, 'g')
const HARMLESS = new RegExp(`${BEGINNING}'${COMPUTED}`, 'g')

/**
 * CSV in which no cell is a formula: an apostrophe stands before what would be one (OWASP, CSV injection). All else stays
 * byte for byte, in whichever encoding, as every one that is read here has ASCII for these signs.
 */
export const harmlessCells = (chunks: AsyncIterable<Buffer>) => replaced(chunks, FORMULAS, "$1$2'")

/** The same without those apostrophes, which somebody who corrects rows sends back. */
export const originalCells = (chunks: AsyncIterable<Buffer>) => replaced(chunks, HARMLESS, '$1$2')

async function* replaced(chunks: AsyncIterable<Buffer>, pattern: RegExp, by: string): AsyncGenerator<Buffer> {
  const written = (text: string) => Buffer.from(text.replaceAll(pattern, by), 'latin1')
  let rest = ''
  for await (const chunk of chunks) {
    const text = rest + chunk.toString('latin1')
    // A line's end stays with what follows it: it says that a cell begins.
    const end = LINE_END.exec(text)?.index || (text.length > LONGEST_LINE ? text.length : 0)
    if (end) yield written(text.slice(0, end))
    rest = text.slice(end)
  }
  yield written(rest)
}
