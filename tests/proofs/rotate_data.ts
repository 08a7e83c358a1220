import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { servingOnMariadb } from '#tests/fuzz/on_mariadb'
import { randomFrom } from '#tests/fuzz/random'
import type { Proof } from '#tests/proofs/brute_force'
import type { Chart } from '#tests/proofs/rotate_data/charts'
import type { Traffic } from '#tests/proofs/rotate_data/traffic'

/** Sealed rows in charts, before anybody writes. */
export const runs = 20_000

/** In a full run; fewer rows bring fewer, and never less than five. */
const KILLS = 50
/** Enough to lose dozens of updates without the compare-and-set. */
const CONTROL_ROWS = 400
const PROGRAM = fileURLToPath(new URL('./rotate_data/rotating_process.ts', import.meta.url))

/**
 * While every data key is rotated by a process that is killed again and again, and taken up by the next, writers correct,
 * amend and add where the rotation is, and readers read there: nothing is unreadable at any moment, what was acknowledged
 * last stands in the end, and nothing is left under a former key. The control rotates without the compare-and-set.
 */
export async function prove({ runs: rows, seed, log }: Proof): Promise<void> {
  await servingOnMariadb(async () => {
    const random = randomFrom(seed)
    const control = await rotateBeside({ rows: CONTROL_ROWS, kills: 0, isCareless: true }, random)
    log(`without the compare-and-set: ${told(control)}`)
    if (!control.lost) throw new Error('the control lost nothing, so that this says nothing')
    const kills = Math.max(5, Math.round((KILLS * rows) / runs))
    const proven = await rotateBeside({ rows, kills, isCareless: false }, random)
    log(told(proven))
    if (proven.traffic.unreadable + proven.lost + proven.left > 0) throw new Error('not all is as it was written')
  })
}

interface Asked {
  rows: number
  kills: number
  isCareless: boolean
}

interface Outcome {
  rows: number
  kills: number
  rotations: number
  traffic: Traffic
  lost: number
  left: number
  seconds: number
}

async function rotateBeside({ rows, kills, isCareless }: Asked, random: () => number): Promise<Outcome> {
  const { aWriter, makeCharts, ROWS } = await import('#tests/proofs/rotate_data/charts')
  const { writeAndRead } = await import('#tests/proofs/rotate_data/traffic')
  const writer = await aWriter()
  const charts = await makeCharts(Math.ceil(rows / ROWS), writer)
  const state = { position: '', isOver: false }
  const begun = performance.now()
  const scene = { charts, writer, random, position: () => state.position, isOver: () => state.isOver }
  const busy = Promise.all([writeAndRead(scene), follow(state)])
  const rotations = await rotateUnderKills({ kills, isCareless, steps: stepsOf(charts, kills) }, random)
  state.isOver = true
  const [traffic] = await busy
  const seconds = (performance.now() - begun) / 1000
  return { rows, kills, rotations, traffic, lost: await countLost(charts), left: await countLeft(), seconds }
}

/** Some more than it takes to be killed so often in one rotation. */
function stepsOf(charts: Chart[], kills: number): number {
  return Math.max(2, Math.round(charts.length / 3 / Math.max(1, kills)))
}

/** Keeps in mind how far the rotation is. */
async function follow(state: { position: string; isOver: boolean }) {
  const { default: db } = await import('@adonisjs/lucid/services/db')
  while (!state.isOver) {
    const row = await db.from('jobs').where('kind', 'keys.rotate_data').orderBy('id', 'desc').first()
    const at = row?.position ? JSON.parse(row.position) : null
    state.position = at?.type === 'patient' ? at.after : ''
    await sleep(20)
  }
}

/** Until the last kill, and then to the end of the rotation; one that ended before is followed by another. */
async function rotateUnderKills(
  { kills, isCareless, steps }: Pick<Asked, 'kills' | 'isCareless'> & { steps: number },
  random: () => number
): Promise<number> {
  const { rotateDataKeys } = await import('#app/rotations/rotate_data_keys')
  const { callerOf } = await import('#tests/acting')
  const begun = new Set<string>()
  for (let left = kills; ;) {
    const { job } = await rotateDataKeys(callerOf(), {})
    begun.add(job.uuid)
    const wasKilled = await rotateOnce(job.uuid, isCareless, left ? { steps, random } : null)
    if (wasKilled) left--
    else if (!left) return begun.size
  }
}

async function rotateOnce(
  uuid: string,
  isCareless: boolean,
  killed: { steps: number; random: () => number } | null
): Promise<boolean> {
  const program = ['--import', '@poppinss/ts-exec', PROGRAM, uuid, ...(isCareless ? ['careless'] : [])]
  const child = spawn(process.execPath, program, { stdio: ['ignore', 'pipe', 'inherit'] })
  const closed = once(child, 'close')
  let steps = killed ? 1 + Math.floor(killed.random() * killed.steps) : Infinity
  let isDone = false
  for await (const line of createInterface({ input: child.stdout })) {
    isDone ||= line === 'done'
    if (--steps !== 0) continue
    // Anywhere in the next step, or in its commit.
    await sleep(killed!.random() * 40)
    child.kill('SIGKILL')
  }
  const [code, signal] = await closed
  if (!isDone && signal !== 'SIGKILL') throw new Error(`the rotation ended with ${code ?? signal}`)
  return !isDone
}

/** Values that are not what was acknowledged last. */
async function countLost(charts: Chart[]): Promise<number> {
  const { default: Patient } = await import('#app/patients/patient')
  const { default: MedicalRecord } = await import('#app/records/medical_record')
  let lost = 0
  for (const { uuid, address, notes } of charts) {
    const patient = await Patient.findByOrFail('uuid', uuid)
    if (patient.address !== address.text) lost++
    const rows = await MedicalRecord.query().where('patient_id', patient.id)
    const kept = new Map(rows.map((row) => [row.uuid, row.description]))
    lost += notes.filter((note) => kept.get(note.uuid) !== note.text).length
  }
  return lost
}

/** Values under a key that is not the active one of whose they are. */
async function countLeft(): Promise<number> {
  const { default: db } = await import('@adonisjs/lucid/services/db')
  const { selectRows } = await import('#app/core/insert_rows')
  const { SEALED_TABLES } = await import('#app/rotations/sealed_tables')
  let left = 0
  for (const { columns, from, subject, subjectType } of SEALED_TABLES)
    for (const column of columns) {
      const sql = `select count(*) as n from ${from} join data_keys k on k.subject_uuid = ${subject}
        and k.subject_type = ? and k.state = 'active' where t.${column} is not null and substr(t.${column}, 3, 8) <> k.id`
      const [row] = await selectRows<{ n: number }>(db.connection(), sql, [subjectType])
      left += Number(row!.n)
    }
  return left
}

const told = ({ rows, kills, rotations, traffic, lost, left, seconds }: Outcome) =>
  `${rows} rows, ${rotations} rotations, ${kills} kills, ${traffic.writes} writes and ${traffic.reads} readings in ` +
  `${seconds.toFixed(0)} s: ${traffic.unreadable} unreadable, ${lost} updates lost, ${left} values left under a former key`
