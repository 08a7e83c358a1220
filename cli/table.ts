const RULE = 40

type Cell = string | number | null | undefined

/** Rows under their headings, each column as wide as its widest cell; numbers stand to the right. */
export function tableLines(headings: string[], rows: Cell[][]): string[] {
  const shown = rows.map((row) => row.map((cell) => String(cell ?? '')))
  const widths = headings.map((heading, at) => Math.max(...[heading, ...shown.map((row) => row[at]!)].map(widthOf)))
  const isNumeric = headings.map((_, at) => rows.length > 0 && rows.every((row) => typeof row[at] === 'number'))
  const line = (cells: string[]) =>
    cells
      .map((cell, at) => padded(cell, widths[at]!, isNumeric[at]!))
      .join('  ')
      .trimEnd()
  return [line(headings), line(widths.map((width) => '-'.repeat(Math.min(width, RULE)))), ...shown.map(line)]
}

function padded(cell: string, width: number, toTheRight: boolean) {
  const space = ' '.repeat(width - widthOf(cell))
  return toTheRight ? space + cell : cell + space
}

/** Combining marks take no column of their own. */
function widthOf(cell: string): number {
  return [...cell.normalize('NFC').replace(/\p{M}/gu, '')].length
}
