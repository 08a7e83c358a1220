import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { addCounts, closingLine } from './counts.mjs'
import { requireNode24 } from './node24.mjs'
import { projectRoot } from './project.mjs'
import { runChild } from './run_child.mjs'
import { makeTestFolder } from './test_folder.mjs'

const JAPA = ['--import', '@poppinss/ts-exec', 'bin/test.ts']
const KILLED_AFTER_MS = 10_000
const COVERAGE = join(projectRoot, 'coverage')

/**
 * Runs suites of tests under Node 24 and prints why the run counts as failed, if it does.
 *
 * @param {string[]} suites
 * @param {string[]} args passed on to Japa, such as --files
 * @param {{env?: object, files?: string[]}} [options] `files` are the specs of these suites to which the run is confined,
 *   all of them by default; unlike `args` they do not excuse a suite without any test
 * @returns {Promise<{counts: {passed: number, failed: number, skipped: number}, ok: boolean}>}
 */
export async function runSuites(suites, args, options = {}) {
  return tell(await runOnce({ suites, ...options }, args, false))
}

/**
 * Runs several at once, each in a process with databases of its own. What the first says is shown as it comes, what the
 * others said afterwards.
 *
 * @param {{suites: string[], env?: object, files?: string[], program?: string[]}[]} lanes
 * @returns {ReturnType<typeof runSuites>} their sum
 */
export async function runLanes(lanes) {
  const running = lanes.map((lane, nth) => runOnce(lane, [], nth > 0))
  const results = []
  for (const lane of running) results.push(tell(await lane))
  return { counts: { ...addCounts(results.map(({ counts }) => counts)) }, ok: results.every(({ ok }) => ok) }
}

/** Runs `work` so that what it covers is counted, and writes the summary. */
export async function withCoverage(work) {
  rmSync(COVERAGE, { recursive: true, force: true })
  const result = await work({ NODE_V8_COVERAGE: join(COVERAGE, 'tmp') })
  await runChild(requireNode24(), [join('node_modules', 'c8', 'bin', 'c8.js'), 'report'], { input: 'ignore' })
  return result
}

async function runOnce({ suites, files = [], env = {}, program = JAPA }, args, quiet) {
  const folder = makeTestFolder('medinfo-tests-')
  const countsFile = join(folder, 'counts.json')
  const confined = files.flatMap((file) => ['--files', file])
  try {
    const { code, output } = await runChild(requireNode24(), [...program, ...suites, ...args, ...confined], {
      input: 'ignore',
      quiet,
      // What was started for the tests is still to be ended, before whoever told us to end runs out of patience.
      killAfterMs: KILLED_AFTER_MS,
      env: {
        ...process.env,
        ...env,
        MEDINFO_TEST_COUNTS: countsFile,
        MEDINFO_TEST_FOLDER: folder,
        // Code that V8 takes from its cache is counted less precisely.
        NODE_DISABLE_COMPILE_CACHE: '1',
      },
    })
    const written = existsSync(countsFile) ? readFileSync(countsFile, 'utf8') : ''
    const report = written ? JSON.parse(written) : null
    return { output, ...judgeRun({ code, report, suites, isPart: args.length > 0 }) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function tell({ output, reasons, counts, ok }) {
  if (output) process.stdout.write(output)
  for (const reason of reasons) console.error(`failed: ${reason}`)
  return { counts, ok }
}

/**
 * @param {{code: number, report: {complete: boolean, suites: object[]} | null, suites: string[], isPart: boolean}} run
 *   `isPart`: filters were given, so that a suite may rightly be empty
 * @returns {{counts: {passed: number, failed: number, skipped: number}, ok: boolean, reasons: string[]}} `reasons`: what
 *   failed outside of the tests
 */
export function judgeRun({ code, report, suites, isPart }) {
  const reasons = []
  const counts = { ...addCounts(report?.suites ?? []) }
  if (!report?.complete) reasons.push('the test run ended before its end')
  else if (code !== 0 && counts.failed === 0) reasons.push(`the test run ended with code ${code}`)
  else reasons.push(...emptySuites(report, suites, isPart))
  counts.failed += reasons.length
  return { counts, ok: counts.failed === 0 && code === 0, reasons }
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
