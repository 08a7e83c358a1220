import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addCounts, closingLine } from './counts.mjs'
import { requireNode24 } from './node24.mjs'
import { runChild } from './run_child.mjs'

const JAPA = ['--import', '@poppinss/ts-exec', 'bin/test.ts']
const KILLED_AFTER_MS = 10_000

/**
 * Runs suites of tests under Node 24 and prints why the run counts as failed, if it does.
 *
 * @param {string[]} suites
 * @param {string[]} args passed on to Japa, such as --files
 * @param {{env?: object, coverage?: boolean}} [options]
 * @returns {Promise<{counts: {passed: number, failed: number, skipped: number}, ok: boolean}>}
 */
export async function runSuites(suites, args, { env = {}, coverage = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'medinfo-tests-'))
  const countsFile = join(folder, 'counts.json')
  const node = requireNode24()
  const c8 = coverage ? [join('node_modules', 'c8', 'bin', 'c8.js'), node] : []
  try {
    const { code } = await runChild(node, [...c8, ...JAPA, ...suites, ...args], {
      input: 'ignore',
      // What was started for the tests is still to be ended, before whoever told us to end runs out of patience.
      killAfterMs: KILLED_AFTER_MS,
      // Code that V8 takes from its cache is counted less precisely.
      env: { ...process.env, ...env, MEDINFO_TEST_COUNTS: countsFile, NODE_DISABLE_COMPILE_CACHE: '1' },
    })
    const written = existsSync(countsFile) ? readFileSync(countsFile, 'utf8') : ''
    return judgeRun({ code, report: written ? JSON.parse(written) : null, suites, isPart: args.length > 0 })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * @param {{code: number, report: {complete: boolean, suites: object[]} | null, suites: string[], isPart: boolean}} run
 *   `isPart`: filters were given, so that a suite may rightly be empty
 */
export function judgeRun({ code, report, suites, isPart }) {
  const reasons = []
  const counts = { ...addCounts(report?.suites ?? []) }
  if (!report?.complete) reasons.push('the test run ended before its end')
  else if (code !== 0 && counts.failed === 0) reasons.push(`the test run ended with code ${code}`)
  else reasons.push(...emptySuites(report, suites, isPart))
  for (const reason of reasons) console.error(`failed: ${reason}`)
  counts.failed += reasons.length
  return { counts, ok: counts.failed === 0 && code === 0 }
}

function emptySuites(report, suites, isPart) {
  const ran = (suite) => report.suites.some((one) => one.suite === suite && one.passed + one.failed + one.skipped > 0)
  if (isPart) return suites.some(ran) ? [] : ['no test ran']
  return suites.filter((suite) => !ran(suite)).map((suite) => `no test ran in the suite "${suite}"`)
}

/** Prints the closing line, last, and ends with the code that goes with it. */
export function close({ counts, ok }) {
  console.log(closingLine(counts))
  process.exitCode = ok ? 0 : 1
}
