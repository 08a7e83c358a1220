// The closing line of everything that tests, and how it is read back.
const CLOSING_LINE = /^(\d+) passed, (\d+) failed, (\d+) skipped$/

export const noCounts = Object.freeze({ passed: 0, failed: 0, skipped: 0 })

export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}

/** The last closing line in a program's output, or null when it never came so far. */
export function readClosingLine(output) {
  const found = output
    .split('\n')
    .map((line) => CLOSING_LINE.exec(line.trim()))
    .filter(Boolean)
    .at(-1)
  return found ? { passed: Number(found[1]), failed: Number(found[2]), skipped: Number(found[3]) } : null
}

export function addCounts(all) {
  return all.reduce(
    (sum, { passed, failed, skipped }) => ({
      passed: sum.passed + passed,
      failed: sum.failed + failed,
      skipped: sum.skipped + skipped,
    }),
    noCounts
  )
}
