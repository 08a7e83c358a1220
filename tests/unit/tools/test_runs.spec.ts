import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from '@japa/runner'
import { addCounts, closingLine, readClosingLine } from '../../../tools/counts.mjs'
import { checkFloors } from '../../../tools/coverage_floors.mjs'
import { readRequest } from '../../../tools/proof.mjs'
import { judgeRun } from '../../../tools/run_suites.mjs'
import { shareOut, someOf } from '../../../tools/share_out.mjs'

const suite = (name: string, passed: number, failed = 0) => ({ suite: name, passed, failed, skipped: 1 })
const judge = (run: object) => judgeRun({ code: 0, suites: ['unit', 'e2e'], isPart: false, ...run })

test.group('Whether a test run holds', () => {
  test('a failed test fails it', ({ assert }) => {
    const { ok, counts } = judge({
      code: 1,
      report: { complete: true, suites: [suite('unit', 2, 1), suite('e2e', 1)] },
    })
    assert.isFalse(ok)
    assert.deepEqual(counts, { passed: 3, failed: 1, skipped: 2 })
  })

  test('a suite without any test fails it', ({ assert }) => {
    const none = { suite: 'e2e', passed: 0, failed: 0, skipped: 0 }
    assert.equal(judge({ report: { complete: true, suites: [suite('unit', 2), none] } }).counts.failed, 1)
    assert.equal(judge({ report: { complete: true, suites: [suite('unit', 2)] } }).counts.failed, 1)
  })

  test('a run that died on the way fails it, and so does one that never began', ({ assert }) => {
    assert.equal(judge({ code: 1, report: { complete: false, suites: [suite('unit', 2)] } }).counts.failed, 1)
    assert.equal(judge({ code: 1, report: null }).counts.failed, 1)
  })

  test('an error outside of every test fails it', ({ assert }) => {
    const report = { complete: true, suites: [suite('unit', 2), suite('e2e', 1)] }
    assert.equal(judge({ code: 1, report }).counts.failed, 1)
    assert.isTrue(judge({ report }).ok)
  })

  test('with a filter a suite may be empty, but not all of them', ({ assert }) => {
    assert.isTrue(judge({ isPart: true, report: { complete: true, suites: [suite('unit', 1)] } }).ok)
    assert.isFalse(judge({ isPart: true, report: { complete: true, suites: [] } }).ok)
  })
})

/** What two runs beside one another end with; each says its name, late, and leaves these counts behind. */
function runBeside(first: object, second: object) {
  const program = (name: string, report: object, wait: number) => [
    '--eval',
    `setTimeout(() => {
      console.log('${name} begins'); console.log('${name} ends')
      require('node:fs').writeFileSync(process.env.MEDINFO_TEST_COUNTS, ${JSON.stringify(JSON.stringify(report))})
    }, ${wait})`,
  ]
  const lanes = [
    { suites: ['unit'], program: program('first', first, 200) },
    { suites: ['e2e'], program: program('second', second, 0) },
  ]
  const tool = `import { close, runLanes } from './tools/run_suites.mjs'
    close(await runLanes(${JSON.stringify(lanes)}))`
  const argv = ['--input-type=module', '--eval', tool]
  const { status, stdout, stderr } = spawnSync(process.execPath, argv, { encoding: 'utf8' })
  return { status, lines: stdout.trimEnd().split('\n'), stderr }
}

test.group('Two test runs beside one another', () => {
  const unit = { complete: true, suites: [suite('unit', 2)] }
  const e2e = { complete: true, suites: [suite('e2e', 3)] }

  test('say one after the other what they did, and the closing line is their sum', ({ assert }) => {
    const { status, lines } = runBeside(unit, e2e)
    const said = ['first begins', 'first ends', 'second begins', 'second ends', '5 passed, 0 failed, 2 skipped']
    assert.deepEqual(lines, said)
    assert.equal(status, 0)
  })

  test('fail where the {name} does')
    .with([
      { name: 'first', first: { complete: true, suites: [suite('unit', 2, 1)] }, second: e2e },
      { name: 'second', first: unit, second: { complete: true, suites: [suite('e2e', 3, 1)] } },
      { name: 'first, which died,', first: { ...unit, complete: false }, second: e2e },
      { name: 'second, which died,', first: unit, second: { ...e2e, complete: false } },
      { name: 'second, where no test is,', first: unit, second: { complete: true, suites: [suite('unit', 3)] } },
    ])
    .run(({ assert }, { first, second }) => {
      const { status, lines } = runBeside(first, second)
      assert.match(lines.at(-1)!, /^5 passed, 1 failed, 2 skipped$/)
      assert.equal(status, 1)
    })
})

test.group('Sharing out the tests', (group) => {
  let root = ''
  const shared = (suites: string[], apart: string[]): { suites: string[]; files: string[] }[] =>
    shareOut(suites, apart, root)
  const share = (...apart: string[]) => shared(['unit', 'functional'], apart)
  group.setup(() => {
    root = mkdtempSync(join(tmpdir(), 'medinfo-share-'))
    for (const file of [
      'unit/a.spec.ts',
      'functional/api/b.spec.ts',
      'functional/api/world.ts',
      'functional/c/d/e.spec.ts',
    ]) {
      mkdirSync(join(root, 'tests', dirname(file)), { recursive: true })
      writeFileSync(join(root, 'tests', file), '')
    }
    return () => rmSync(root, { recursive: true, force: true })
  })

  test('each is in one lane, wherever it lies', ({ assert }) => {
    assert.deepEqual(share('functional/api'), [
      { suites: ['functional'], files: ['/tests/functional/api/b.spec.ts'] },
      { suites: ['unit', 'functional'], files: ['/tests/unit/a.spec.ts', '/tests/functional/c/d/e.spec.ts'] },
    ])
  })

  test('a suite may be apart as a whole', ({ assert }) => {
    assert.deepEqual(
      share('functional').map(({ suites, files }) => [suites, files.length]),
      [
        [['functional'], 2],
        [['unit'], 1],
      ]
    )
  })

  test('a lane has some tests of a suite, and never none, which would be all', ({ assert }) => {
    const some = (wanted: RegExp): unknown => someOf('functional', wanted, root)
    assert.deepEqual(some(/\/e\./), { suites: ['functional'], files: ['/tests/functional/c/d/e.spec.ts'] })
    assert.throws(() => some(/\/gone\./), /No test of the suite "functional"/)
  })

  test('folders that are gone leave one lane with all', ({ assert }) => {
    assert.deepEqual(
      share('functional/gone').map(({ files }) => files.length),
      [3]
    )
  })

  test('a suite without any test is asked for all the same', ({ assert }) => {
    mkdirSync(join(root, 'tests/e2e'))
    for (const apart of [[], ['unit'], ['e2e']])
      assert.sameMembers(
        shared(['unit', 'e2e'], apart).flatMap(({ suites }) => suites),
        ['unit', 'e2e']
      )
  })
})

test.group('A test run that is told to end', () => {
  test('ends, and does not go on without its application', async ({ assert }) => {
    const argv = ['--import', '@poppinss/ts-exec', 'bin/test.ts', 'unit', '--files', 'tools/build_pwa.spec.ts']
    const env = { ...process.env, DB_CONNECTION: 'sqlite', MEDINFO_TEST_COUNTS: undefined }
    const run = spawn(process.execPath, argv, { env, stdio: ['ignore', 'pipe', 'inherit'] })
    // Its first test is done, and others follow.
    run.stdout.once('data', () => run.kill('SIGTERM'))
    const [code] = await once(run, 'exit')
    assert.equal(code, 143)
  }).timeout(30_000)
})

test.group('The closing line', () => {
  test('is read back from what a program printed, the last one and only alone on its line', ({ assert }) => {
    assert.isNull(readClosingLine('said 1 passed, 2 failed, 3 skipped'))
    const output = '1 passed, 0 failed, 0 skipped\n4 passed, 5 failed, 6 skipped\nthe end'
    assert.deepEqual(readClosingLine(output), { passed: 4, failed: 5, skipped: 6 })
  })

  test('adds up', ({ assert }) => {
    assert.equal(closingLine(addCounts([suite('a', 2), suite('b', 3, 4)])), '5 passed, 4 failed, 2 skipped')
    assert.equal(closingLine(addCounts([])), '0 passed, 0 failed, 0 skipped')
  })
})

test.group('Coverage floors', (group) => {
  let root = ''
  group.setup(() => {
    root = mkdtempSync(join(tmpdir(), 'medinfo-floors-'))
    writeFileSync(join(root, 'types.ts'), 'export interface Caller {\n  id: number\n}\n')
    writeFileSync(join(root, 'code.ts'), 'export const a = 1\n')
    return () => rmSync(root, { recursive: true, force: true })
  })
  const lines = (total: number, covered: number) => ({ lines: { total, covered } })
  const check = (summary: object, folder = '') => checkFloors(summary, root, { [folder]: 90 })[0]

  test('are kept by the folder as a whole, not by each file', ({ assert }) => {
    const summary = { [join(root, 'code.ts')]: lines(10, 5), [join(root, 'other.ts')]: lines(90, 85) }
    assert.include(check(summary), { percent: 90, ok: true })
  })

  test('a file that no test loads counts, one with nothing but types does not', ({ assert }) => {
    const covered = { [join(root, 'other.ts')]: lines(9, 9) }
    assert.include(check({ ...covered, [join(root, 'code.ts')]: lines(3, 0) }), { percent: 75, ok: false })
    assert.include(check({ ...covered, [join(root, 'types.ts')]: lines(3, 0) }), { percent: 100, ok: true })
  })

  test('a folder without any file is below its floor', ({ assert }) => {
    assert.include(check({}, 'nowhere/'), { percent: 0, ok: false })
  })
})

test.group('Asking for a proof', () => {
  test('{argv} is refused with a sentence that helps')
    .with([
      { argv: [], says: /Proofs: crash, merge\./ },
      { argv: ['crsh'], says: /no proof named "crsh"\. Proofs: crash, merge\./ },
      { argv: ['crash', '--runs', 'many'], says: /--runs is a number above 0, not "many"/ },
      { argv: ['crash', '--speed', '9'], says: /--speed/ },
    ])
    .run(({ assert }, { argv, says }) => assert.match(readRequest(argv, ['crash', 'merge']).error, says))

  test('takes a name, runs and a seed', ({ assert }) => {
    const { name, options } = readRequest(['crash', '--runs', '5', '--seed', '7'], ['crash'])
    assert.equal(name, 'crash')
    assert.include(options, { runs: '5', seed: '7' })
  })
})
