// node bench/import/run.mjs [--patients N]
// Rows a second of `medinfo import` into MariaDB, beside csv-parse + mysql2 + node:crypto that write the same rows with
// the same ciphertext into the same tables and check nothing. Then: that memory does not grow with the file.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { projectRoot } from '../../tools/project.mjs'
import { options, prepareBench } from '../setup.mjs'

const { patients } = options({ patients: 1_000_000 })

async function once(count, run) {
  const bench = await prepareBench()
  try {
    bench.medinfo('migrate', '--json')
    return run(bench, join(bench.sampleOf(count), 'patients.csv'))
  } finally {
    await bench.end()
  }
}

function imported(bench, file) {
  const printed = bench.medinfo('import', '--mapping', 'clinique', '--file', file, '--json')
  return JSON.parse(printed.slice(printed.indexOf('{')))
}

function floor(bench, file) {
  const { stdout, stderr, status } = spawnSync(bench.node, [join(projectRoot, 'bench/import/floor.mjs'), file], {
    env: bench.env,
    encoding: 'utf8',
  })
  if (status) throw new Error(stderr)
  return JSON.parse(stdout)
}

const bare = await once(Number(patients), floor)
const full = await once(Number(patients), imported)
const small = await once(10_000, imported)
const rate = (rows, seconds) => Math.round(rows / seconds)
const [ours, theirs] = [rate(full.rows_read, full.seconds), rate(bare.rows, bare.seconds)]
console.log(`| patients | floor rows/s | medinfo rows/s | medinfo / floor | peak RSS MB | peak RSS MB at 10,000 |
| --- | --- | --- | --- | --- | --- |
| ${patients} | ${theirs} | ${ours} | ${(ours / theirs).toFixed(2)} | ${full.peak_rss_mb} | ${small.peak_rss_mb} |`)
