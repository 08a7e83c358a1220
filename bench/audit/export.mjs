// node bench/audit/export.mjs [--rows N --database mysql|sqlite]
// Time and peak memory of `medinfo audit export` of a whole audit, and of tools/verify-audit.mjs on what has proofs, held
// against a checkpoint.
import { execFileSync, spawn } from 'node:child_process'
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../../tools/project.mjs'
import { printTable } from '../http/compare.mjs'
import { options, prepareBench } from '../setup.mjs'

const LOOKED_AT_EVERY_MS = 20
const given = options({ rows: 1_000_000, database: 'mysql' })
const bench = await prepareBench({ database: given.database })
const [file, checkpoint] = ['audit.out', 'checkpoint.txt'].map((name) => join(bench.folder, name))
try {
  bench.medinfo('migrate', '--json')
  execFileSync(bench.node, [join(projectRoot, 'bench/audit/fill_audit.mjs'), String(given.rows)], { env: bench.env })
  const [vkey] = JSON.parse(bench.medinfo('audit', 'verify', '--json')).vkeys
  const told = []
  for (const asked of [['csv'], ['ndjson'], ['csv', '--proof'], ['ndjson', '--proof']]) {
    const flags = ['--format', ...asked, '--output', file, '--json']
    told.push([
      `export as ${asked.join(' ')}`,
      ...(await measured(join(projectRoot, 'bin/medinfo'), ['audit', 'export', ...flags])),
    ])
    if (asked.includes('--proof')) {
      writeFileSync(checkpoint, checkpointIn(file))
      const tool = [join(projectRoot, 'tools/verify-audit.mjs'), file, '--vkey', vkey, '--checkpoint', checkpoint]
      told.push([`verify-audit.mjs on it`, ...(await measured(bench.node, [...tool, '--json']))])
    }
    rmSync(file)
  }
  printTable(['of the whole audit', 'rows', 'seconds', 'rows a second', 'peak RSS', 'file'], told)
} finally {
  await bench.end()
}

/** Rows, seconds, rows a second, and megabytes: of memory at most, and of the file. */
async function measured(command, args) {
  const begun = performance.now()
  const child = spawn(command, args, { env: bench.env, stdio: ['ignore', 'pipe', 'inherit'] })
  let [peak, printed] = [0, '']
  child.stdout.on('data', (chunk) => (printed += chunk))
  const looking = setInterval(() => (peak = Math.max(peak, peakOf(child.pid))), LOOKED_AT_EVERY_MS)
  const code = await new Promise((resolve) => child.on('close', resolve))
  const seconds = (performance.now() - begun) / 1000
  clearInterval(looking)
  if (code) throw new Error(`${command} ${args.join(' ')} ended with ${code}\n${printed}`)
  const { rows } = JSON.parse(printed)
  const perSecond = Math.round(rows / seconds)
  return [rows, seconds.toFixed(1), perSecond, `${peak} MB`, `${Math.round(statSync(file).size / 1e6)} MB`]
}

/** proc(5): the most memory that it had so far, in kB; nothing once it has ended. */
function peakOf(pid) {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return Math.round(Number(kilobytes ?? 0) / 1000)
  } catch {
    return 0
  }
}

function checkpointIn(exported) {
  const size = statSync(exported).size
  const end = execFileSync('tail', ['-n', '1', exported], { encoding: 'utf8', maxBuffer: size })
  return JSON.parse(end.replace(/^# /, '')).checkpoint
}
