import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import Job from '#app/jobs/job'
import { kekRows } from '#app/keys/kek_rows'
import { keyring } from '#app/keys/keyring_service'
import { correctPatient } from '#app/patients/correct_patient'
import type Patient from '#app/patients/patient'
import { rotateKek, rotateMaster, type StartedRotation } from '#app/keys/start_rotation'
import { APP_ROOT } from '#start/ignition'
import { emptyClinic } from '#tests/functional/keys/empty_clinic'
import { callerOf } from '#tests/acting'
import {
  activeMaster,
  anotherKeyring,
  manyDataKeys,
  manyMasters,
  mastersOf,
  phoneOf,
  register,
  within,
} from '#tests/functional/keys/rotating'

const PROGRAM = fileURLToPath(new URL('./rotating_process.ts', import.meta.url))

/** Runs it in processes that are killed after their first step, `kills` times; the last one may finish. Answers the kills. */
async function runKilled({ job }: StartedRotation, kills: number): Promise<number> {
  for (let killed = 0; ;) {
    const program = ['--import', '@poppinss/ts-exec', PROGRAM, job.uuid]
    const child = spawn(process.execPath, program, { cwd: APP_ROOT, stdio: ['ignore', 'pipe', 'inherit'] })
    const ended = once(child, 'close')
    let last = ''
    for await (const line of createInterface({ input: child.stdout })) {
      last = line
      if (!line.startsWith('step') || killed === kills) continue
      killed++
      await sleep(randomInt(10))
      child.kill('SIGKILL')
      break
    }
    await ended
    if (last === 'done') return killed
    if ((await Job.findByOrFail('uuid', job.uuid)).state === 'done') return killed
  }
}

/** Registers, corrects and reads without a pause, as somebody with a fresh cache of keys and somebody with a warm one. */
function goOn() {
  let isOver = false
  const patients: Patient[] = []
  const expected = new Map<string, string>()
  const unreadable: unknown[] = []
  const working = (async () => {
    for (let turn = 0; !isOver; turn++) {
      try {
        const patient = await register(`+2217820${String(10_000 + turn)}`)
        expected.set(patient.uuid, `+2217820${String(10_000 + turn)}`)
        patients.push(patient)
        const other = patients[randomInt(patients.length)]!
        const phone = `+2217830${String(10_000 + turn)}`
        const { version } = await db.from('patients').where('uuid', other.uuid).firstOrFail()
        await correctPatient(callerOf(), { id: other.uuid, version: Number(version), phone })
        expected.set(other.uuid, phone)
        const read = patients[randomInt(patients.length)]!
        const found = await within(turn % 2 ? keyring() : anotherKeyring(), () => phoneOf(read))
        if (found !== expected.get(read.uuid)) unreadable.push(`${found} instead of ${expected.get(read.uuid)}`)
      } catch (error) {
        unreadable.push(error)
      }
      await sleep(5)
    }
  })()
  return async () => {
    isOver = true
    await working
    return { patients, expected, unreadable }
  }
}

test.group('A change of keys whose process is killed again and again', (group) => {
  group.setup(emptyClinic)

  test('moves every key under the new master key, while everybody goes on', async ({ assert, cleanup }) => {
    const uuids = await manyDataKeys(1_500)
    const former = await activeMaster()
    const rotation = await rotateMaster(callerOf(), {})
    const stop = goOn()
    cleanup(async () => void (await stop()))
    assert.equal(await runKilled(rotation, 4), 4)
    const { patients, expected, unreadable } = await stop()
    assert.deepEqual(unreadable, [])
    assert.isAbove(patients.length, 5)
    const next = await activeMaster()
    assert.notEqual(next, former)
    assert.deepEqual(await mastersOf([...uuids, ...patients.map(({ uuid }) => uuid)]), [next])
    assert.lengthOf(await db.from('master_keys').where('state', 'prepared'), 0)
    for (const patient of patients)
      assert.equal(await within(anotherKeyring(), () => phoneOf(patient)), expected.get(patient.uuid))
  }).timeout(180_000)

  test('wraps every master and root key anew with one fresh key, while everybody goes on', async ({
    assert,
    cleanup,
  }) => {
    cleanup(await manyMasters(30))
    const before = await keyring().provider.describe()
    const rows = await kekRows(db.connection())
    const rotation = await rotateKek(callerOf(), {})
    const stop = goOn()
    cleanup(async () => void (await stop()))
    assert.equal(await runKilled(rotation, 3), 3)
    const { patients, expected, unreadable } = await stop()
    assert.deepEqual(unreadable, [])
    const after = await keyring().provider.describe()
    assert.equal(after.length, before.length + 1)
    const { uri } = after.find(({ state }) => state === 'active')!
    const now = await kekRows(db.connection())
    assert.deepEqual([...new Set(now.map(({ kekUri }) => kekUri))], [uri])
    for (const { wrapped, kekUri, context } of now)
      assert.lengthOf(await keyring().provider.unwrap(wrapped, kekUri, context), 32)
    assert.equal(now.length, rows.length)
    assert.equal(after.filter(({ state }) => state === 'retired').length, before.length)
    for (const patient of patients)
      assert.equal(await within(anotherKeyring(), () => phoneOf(patient)), expected.get(patient.uuid))
  }).timeout(180_000)
})
