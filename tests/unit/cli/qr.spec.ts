import { test } from '@japa/runner'
import { encode } from 'uqr'
import { qrLines } from '#cli/qr'

const START = '\u001b[30;107m'
const END = '\u001b[0m'
const TEXT = 'otpauth://totp/MedInfo:demo?secret=JBSWY3DPEHPK3PXP'
/** Whether the upper and the lower half of a sign are drawn in the terminal's own colour. */
const HALVES: Record<string, [boolean, boolean]> = {
  ' ': [false, false],
  '▀': [true, false],
  '▄': [false, true],
  '█': [true, true],
}

/** The modules as they stand on the screen, where `isDrawnDark` says what a drawn half is. */
function modulesOf(lines: string[], isDrawnDark: boolean): boolean[][] {
  return lines.flatMap((line) => {
    const signs = [...line.slice(2)].map((sign) => HALVES[sign]!)
    return [0, 1].map((half) => signs.map((halves) => halves[half] === isDrawnDark))
  })
}

test.group('A QR code in a terminal', () => {
  const { data } = encode(TEXT, { ecc: 'M', border: 2 })

  test('is light on a dark terminal, module for module', ({ assert }) => {
    assert.deepEqual(modulesOf(qrLines(TEXT, false), false).slice(0, data.length), data)
  })

  test('is black on white where the terminal has colours', ({ assert }) => {
    const lines = qrLines(TEXT, true)
    for (const line of lines) assert.isTrue(line.startsWith(`  ${START}`) && line.endsWith(END))
    const bare = lines.map((line) => line.replace(START, '').replace(END, ''))
    assert.deepEqual(modulesOf(bare, true).slice(0, data.length), data)
  })
})
