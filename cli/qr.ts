import { encode } from 'uqr'
import { shellSetting } from '#app/setup/shell_environment'

const BLACK_ON_WHITE = '\u001b[30;107m'
const RESET = '\u001b[0m'
const INDENT = '  '

/**
 * A text as a QR code, two modules high a line. Black on white by the terminal's own colours where it has them, as not every
 * phone reads a code in the negative; else drawn for a dark terminal.
 */
export function qrLines(text: string, isColoured = process.stdout.isTTY && !shellSetting('NO_COLOR')): string[] {
  const { data } = encode(text, { ecc: 'M', border: 2 })
  const isDark = (row: number, column: number) => data[row]?.[column] ?? false
  const lines: string[] = []
  for (let row = 0; row < data.length; row += 2) {
    const drawn = data[row]!.map((_, column) => {
      // Past the last row of an odd number there is light only.
      const [upper, lower] = [isDark(row, column), isDark(row + 1, column)]
      return blockOf(isColoured ? upper : !upper, isColoured ? lower : !lower)
    }).join('')
    lines.push(INDENT + (isColoured ? BLACK_ON_WHITE + drawn + RESET : drawn))
  }
  return lines
}

function blockOf(upper: boolean, lower: boolean): string {
  if (upper) return lower ? '█' : '▀'
  return lower ? '▄' : ' '
}
