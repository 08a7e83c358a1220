import { existsSync } from 'node:fs'
import { test } from '@japa/runner'
import { runImport } from '#app/imports/run_import'
import { callerOf } from '#tests/acting'

const SYNTHEA = '../shared/data/synthea'

test.group('Import a Synthea export', () => {
  test('takes every row once, and nothing the second time', async ({ assert }) => {
    const first = await runImport(callerOf(), { mapping: 'synthea', path: SYNTHEA })
    assert.containsSubset(first, { rows_read: 33551, rejected: 0 })
    const second = await runImport(callerOf(), { mapping: 'synthea', path: SYNTHEA })
    assert.containsSubset(second, { created: 0, rejected: 0, updated: 0 })
  })
    .skip(!existsSync(SYNTHEA), 'the Synthea export is not there')
    .timeout(120_000)
})
