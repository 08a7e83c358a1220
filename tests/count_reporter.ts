import { writeFileSync } from 'node:fs'
import type { PluginFn } from '@japa/runner/types'

export interface SuiteCounts {
  suite: string
  passed: number
  failed: number
  skipped: number
}

/**
 * Writes how each suite went to the file that MEDINFO_TEST_COUNTS names, as `{ complete, suites: SuiteCounts[] }`;
 * counts nothing without it. `complete` stays false when the process died on the way.
 *
 * A plugin rather than a Japa reporter, because `--reporters` on the command line replaces the activated reporters.
 */
export const countTests: PluginFn = ({ config, emitter }) => {
  config.setup.push(() => endWhenNothingRan)
  const file = process.env.MEDINFO_TEST_COUNTS
  if (!file) return
  const suites: SuiteCounts[] = []
  const save = (complete: boolean) => writeFileSync(file, JSON.stringify({ complete, suites }))
  const current = () => suites[suites.length - 1]!
  save(false)

  emitter.on('suite:start', ({ name }) => void suites.push({ suite: name, passed: 0, failed: 0, skipped: 0 }))
  emitter.on('test:end', ({ isSkipped, isTodo, isFailing, hasError }) => {
    if (hasError) current().failed++
    // A test that is marked as failing, and fails, shows a known fault: no pass.
    else if (isSkipped || isTodo || isFailing) current().skipped++
    else current().passed++
  })
  // A hook that throws fails no test by itself.
  emitter.on('group:end', ({ errors }) => void (current().failed += errors.length))
  emitter.on('suite:end', ({ errors }) => {
    current().failed += errors.length
    save(false)
  })
  emitter.on('runner:end', () => save(true))
}

// When a test file cannot be loaded, Japa skips the teardown hooks, and what they would have closed keeps the process.
function endWhenNothingRan(error: Error | null) {
  if (error) setTimeout(() => process.exit(1), 1000).unref()
}
