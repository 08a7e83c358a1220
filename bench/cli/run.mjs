// node bench/cli/run.mjs [--runs N]
// How much longer a command takes than node's own start, from compiled output on SQLite with one user.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { requireNode24 } from '../../tools/node24.mjs'
import { projectRoot } from '../../tools/project.mjs'
import { median } from '../measure.mjs'
import { options } from '../setup.mjs'

const { runs } = options({ runs: 15 })
const node = requireNode24(projectRoot)
const home = mkdtempSync(join(tmpdir(), 'medinfo-bench-'))
const env = {
  ...process.env,
  NODE_ENV: 'production',
  MEDINFO_HOME: home,
  ENV_PATH: home,
  DATA_DIR: join(home, 'data'),
  APP_ENV: 'local',
  APP_KEY: 'for-benchmarks-only-0123456789abcdef',
  HOST: '127.0.0.1',
  PORT: '3333',
  DB_CONNECTION: 'sqlite',
  KEY_PROVIDER: 'local',
}
const launcher = join(projectRoot, 'bin/medinfo')

/** Seconds from start to end, the median of the runs; the first run fills caches. */
function time(program, ...args) {
  const seconds = []
  for (let run = 0; run <= Number(runs); run++) {
    const began = performance.now()
    const { status, stderr, stdout } = spawnSync(program, args, { env, encoding: 'utf8' })
    if (status) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}${stdout}`)
    if (run) seconds.push((performance.now() - began) / 1000)
  }
  return median(seconds)
}

try {
  time(launcher, 'migrate', '--json')
  const floor = time(node, '-e', '0')
  console.log('| command | seconds | more than node alone |\n| --- | --- | --- |')
  console.log(`| node -e 0 | ${floor.toFixed(3)} | |`)
  for (const args of [['--help'], ['import', '--help'], ['user', 'list', '--json'], ['role', 'list', '--json']]) {
    const taken = time(launcher, ...args)
    console.log(`| medinfo ${args.join(' ')} | ${taken.toFixed(3)} | ${(taken - floor).toFixed(3)} |`)
  }
} finally {
  rmSync(home, { recursive: true, force: true })
}
