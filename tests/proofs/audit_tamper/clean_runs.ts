import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import db from '@adonisjs/lucid/services/db'
import { fileAnchor } from '#app/anchors/file_anchor'
import { sealAudit } from '#app/audit/seal'
import { verifyAudit, type Verified } from '#app/audit/verify_audit'
import { APP_ROOT } from '#start/ignition'
import type { Proof } from '#tests/proofs/brute_force'

const PROGRAM = fileURLToPath(new URL('./writing_process.ts', import.meta.url))
const PROCESSES = 3
/** One of so many processes that end is told to; the others are killed. */
const ENDED_ORDERLY = 5

interface Writing {
  child: ChildProcess
  ready: Promise<unknown>
  ended: Promise<unknown>
}

/**
 * Three processes write, seal and anchor at the same moment; each run kills one of them with open transactions, and
 * another takes its place. Verified while they write, and at the end, nothing is told.
 */
export async function runClean({ runs, random, log }: Pick<Proof, 'runs' | 'log'> & { random: () => number }) {
  const anchor = fileAnchor(join(process.env.DATA_DIR!, 'clean-anchor.txt'))
  const writing = Array.from({ length: PROCESSES }, start)
  let [next, killed, last] = [start(), 0, undefined as Verified | undefined]
  try {
    await Promise.all(writing.map(({ ready }) => ready))
    for (let run = 0; run < runs; run++) {
      await Promise.all([next.ready, sleep(50 + random() * 300)])
      const one = writing.splice(Math.floor(random() * writing.length), 1, next)[0]!
      next = start()
      const isKilled = run % ENDED_ORDERLY !== 0
      if (isKilled) one.child.kill('SIGKILL')
      else one.child.stdin!.end()
      killed += Number(isKilled)
      await one.ended
      if (one.child.exitCode !== (isKilled ? null : 0)) throw new Error(`a process ended with ${one.child.exitCode}`)
      await anchor.put((await db.from('audit_checkpoints').orderBy('size', 'desc').firstOrFail()).note as string)
      last = refuseAlarm(await verifyAudit(db.connection(), { anchors: [anchor], isSealing: true }), run)
    }
  } finally {
    for (const { child } of [...writing, next]) child.kill('SIGKILL')
    await Promise.all([...writing, next].map(({ ended }) => ended))
  }
  await sealAudit(db.connection())
  last = refuseAlarm(await verifyAudit(db.connection(), { anchors: [anchor] }), runs)
  const unfinished = last.notices.filter(({ kind }) => kind === 'number_unfinished').length
  log(
    `${runs} runs without tampering, ${killed} kills -9: ${last.rows} rows and ${last.checkpoints} checkpoints, no alarm; ` +
      `${unfinished} numbers unfinished at a crash${await lateOnes()}`
  )
}

function refuseAlarm(verified: Verified, run: number): Verified {
  if (verified.count) throw new Error(`false alarm in run ${run}: ${JSON.stringify(verified.findings.slice(0, 5))}`)
  return verified
}

/** Rows that were committed after rows with larger numbers had been sealed: without them the runs say less. */
async function lateOnes(): Promise<string> {
  const leaves = await db.from('audit_leaves').orderBy('leaf').select('audit_id')
  let [largest, late] = [0, 0]
  for (const { audit_id: id } of leaves) {
    if (Number(id) < largest) late++
    largest = Math.max(largest, Number(id))
  }
  return `; ${late} rows sealed after later ones`
}

function start(): Writing {
  const child = spawn(process.execPath, ['--import', '@poppinss/ts-exec', PROGRAM], {
    cwd: APP_ROOT,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  return { child, ready: once(child.stdout!, 'data'), ended: once(child, 'close') }
}
