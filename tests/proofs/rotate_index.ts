import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { servingOnMariadb } from '#tests/fuzz/on_mariadb'
import { randomFrom } from '#tests/fuzz/random'
import type { Proof } from '#tests/proofs/brute_force'

/** Times that the rotating process is killed. */
export const runs = 100

const WRITERS = 2
const PATIENTS = 1_000
/** What a process knows of the keys lasts so long here, instead of ten minutes: a rotation then takes two seconds. */
const KEPT_MS = 800
const LATEST_KILL_MS = 2_600
const PATIENCE_MS = 60_000

/**
 * The blind index is rotated again and again by processes that are killed at random, while others register, correct,
 * import and search, all wanting some national ids at the same moment: every search finds its row at every moment, no
 * national id is taken twice, and in the end every token is under the last key. The control writes tokens as if there were
 * one key, and is missed, and registered a second time.
 */
export async function prove({ runs: kills, seed, log }: Proof): Promise<void> {
  await servingOnMariadb(async () => {
    const { keepVersionsFor } = await import('#app/keys/index_versions')
    keepVersionsFor(KEPT_MS)
    await importPatients()
    await refuseControl(log)
    const random = randomFrom(seed)
    const writers = await Promise.all(
      Array.from({ length: WRITERS }, (_, at) => begin('writing', [String(at + 1), String(seed + at), String(KEPT_MS)]))
    )
    const rotations = await rotateAndKill(kills, random)
    log(`${kills} kills, ${rotations} rotations ended`)
    for (const { child } of writers) if (child.connected) child.send('stop')
    for (const writer of writers) await refuseMissed(await writer.ended('done'), log)
    await refuseUnfit(log)
  })
}

interface Said {
  said: 'begun' | 'done' | 'failed'
  reason?: string
  told?: Record<string, number>
  missed?: string[]
  rows?: { uuid: string; nationalId: string; phone: string }[]
}

interface Child {
  child: ChildProcess
  /** What it said with this; null when it ended without. Errors: what went wrong in it. */
  ended(said: Said['said']): Promise<Said | null>
}

const PROGRAMS = {
  writing: new URL('rotate_index/writing.ts', import.meta.url),
  rotating: new URL('rotate_index/rotating.ts', import.meta.url),
}

async function begin(program: keyof typeof PROGRAMS, settings: string[]): Promise<Child> {
  const child = fork(fileURLToPath(PROGRAMS[program]), settings, { execArgv: ['--import', '@poppinss/ts-exec'] })
  const heard: Said[] = []
  child.on('message', (message: Said | string) => void (typeof message === 'object' && heard.push(message)))
  const exited = once(child, 'exit')
  const found = (said: Said['said']) => heard.find((one) => one.said === said) ?? null
  while (!found('begun') && child.exitCode === null) await sleep(5)
  const ended = async (said: Said['said']) => {
    await Promise.race([exited, sleep(PATIENCE_MS, undefined, { ref: false })])
    const failed = found('failed')
    if (failed) throw new Error(`${program}: ${failed.reason}`)
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL')
      throw new Error(`${program} did not come to its end`)
    }
    return found(said)
  }
  return { child, ended }
}

/** @returns how many came to their end, the last one among them */
async function rotateAndKill(kills: number, random: () => number): Promise<number> {
  let [killed, rotations] = [0, 0]
  while (killed < kills) {
    const { child, ended } = await begin('rotating', [String(KEPT_MS)])
    const timer = setTimeout(() => child.kill('SIGKILL'), random() * LATEST_KILL_MS)
    const isDone = await ended('done')
    clearTimeout(timer)
    if (isDone) rotations++
    else if (child.signalCode === 'SIGKILL') killed++
    else throw new Error(`the rotation ended with ${child.exitCode}`)
  }
  const last = await begin('rotating', [String(KEPT_MS)])
  if (!(await last.ended('done'))) throw new Error('the last rotation did not end')
  return rotations + 1
}

async function importPatients() {
  const { LegacySystem, aPerson, aUniqueId } = await import('#tests/functional/imports/legacy_system')
  const system = await LegacySystem.create()
  const phoneOf = (n: number) => `+22178${String(n).padStart(7, '0')}`
  const rows = Array.from({ length: PATIENTS }, (_, n) => aPerson({ national_id: aUniqueId(), phone: phoneOf(n) }))
  await system.write('patients.csv', rows)
  const { created } = await system.import()
  if (created !== PATIENTS) throw new Error(`${created} of ${PATIENTS} patients were imported`)
}

async function refuseMissed(result: Said | null, log: Proof['log']) {
  const { told = {}, missed = [] } = result ?? {}
  log(
    `a writer: ${Object.entries(told)
      .map(([what, count]) => `${count} ${what}`)
      .join(', ')}; missed ${missed.length}`
  )
  if (!told.searches || !told.taken) throw new Error('a writer searched nothing, or wanted nothing that another has')
  if (missed.length) throw new Error(`missed: ${missed.slice(0, 5).join('; ')}`)
}

/** Compares the whole index with what the records say. */
async function refuseUnfit(log: Proof['log']) {
  const { default: db } = await import('@adonisjs/lucid/services/db')
  const { default: Patient } = await import('#app/patients/patient')
  const { blindIndexer } = await import('#app/keys/blind_index')
  const { tokensOf } = await import('#app/patients/patient_tokens')
  const states = await db.from('root_keys').where('purpose', 'blind_index').orderBy('version')
  const open = states.slice(0, -1).filter(({ state }) => state !== 'destroyed')
  if (open.length || states.at(-1).state !== 'active') throw new Error('a former key is not destroyed')
  await sleep(KEPT_MS)
  const tokensUnder = await blindIndexer(db.connection())
  const nameOf = (row: { key_version: number; field_id: number; token: Buffer; row_uuid: string }) =>
    [row.key_version, row.field_id, row.token.toString('hex'), row.row_uuid].join(' ')
  const wanted = new Set<string>()
  const ids = new Map<string, string>()
  for (const patient of await Patient.query()) {
    const { unique, shared } = tokensOf(patient, 'generic', tokensUnder)
    for (const token of [...unique, ...shared]) wanted.add(nameOf({ ...token, row_uuid: patient.uuid }))
    const id = patient.nationalId ?? patient.uuid
    if (ids.has(id)) throw new Error(`${id} is the national id of ${ids.get(id)} and of ${patient.uuid}`)
    ids.set(id, patient.uuid)
  }
  const there = [...(await db.from('blind_indexes')), ...(await db.from('unique_blind_indexes'))].map(nameOf)
  const superfluous = there.filter((one) => !wanted.has(one)).length
  const missing = wanted.size - (there.length - superfluous)
  log(`${ids.size} patients, ${there.length} tokens under version ${tokensUnder.versions}`)
  if (superfluous || missing) throw new Error(`${missing} tokens are missing, and ${superfluous} stand for nothing`)
}

/** Writers who know one key only, at the moment when it matters. */
async function refuseControl(log: Proof['log']) {
  const { default: db } = await import('@adonisjs/lucid/services/db')
  const { searchPatients } = await import('#app/patients/find_patients')
  const { somePatient } = await import('#tests/functional/patients/some_patient')
  const { callerOf } = await import('#tests/acting')
  const rotating = await begin('rotating', [String(KEPT_MS)])
  const isWaiting = async () => {
    const job = await db.from('jobs').where('kind', 'keys.rotate_index').orderBy('id', 'desc').first()
    return job?.position && JSON.parse(job.position).step === 'wait'
  }
  while (rotating.child.exitCode === null && !(await isWaiting())) await sleep(10)
  const made = []
  for (let n = 0; n < 5; n++) {
    const patient = await somePatient({ national_id: `CONTROL${n}` })
    await db.from('unique_blind_indexes').where({ row_uuid: patient.uuid, key_version: 2 }).delete()
    made.push(patient)
  }
  await rotating.ended('done')
  await sleep(KEPT_MS * 2)
  let [missed, twice] = [0, 0]
  for (const { nationalId: national_id } of made) {
    missed += (await searchPatients(callerOf(), { national_id })).rows.length ? 0 : 1
    twice += await somePatient({ national_id }).then(
      () => 1,
      () => 0
    )
  }
  log(`the control, one key of two: ${missed} of 5 missed, ${twice} registered twice`)
  if (!missed || !twice) throw new Error('the control missed nothing, so that this says nothing')
  for (const { id, uuid } of made) {
    await db.from('patients').where('id', id).update({ national_id: null, national_id_country: null })
    await db.from('unique_blind_indexes').where('row_uuid', uuid).delete()
  }
}
