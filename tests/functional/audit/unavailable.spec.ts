import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { moveClock } from '#app/core/clock'
import { newUuid } from '#app/core/ids'
import { runDueJob } from '#app/jobs/run_job'
import { someone } from '#tests/acting'
import { apiCallerWith, PATIENTS } from '#tests/functional/api_caller'
import { aConsultation, patientOf } from '#tests/functional/charts/some_chart'
import { anEmptyHome, jsonOf, medinfoJson } from '#tests/functional/cli/medinfo'
import { auditOf, withAuditFault } from '#tests/functional/core/probe'
import { aPatient, someDigits, somePatient } from '#tests/functional/patients/some_patient'
import { aCall, aMutation, deviceOf } from '#tests/functional/sync/device_caller'
import { cookiesOf, signIn, somebody } from '#tests/functional/sessions/browser'

/** The rows of one door. */
const OF = (via: string) => `new.details like '%"via":"${via}"%'`

const faulty = () => ({ 'X-Request-Id': `fault-${newUuid()}` })

test.group('While the audit cannot be written', () => {
  test('a write changes nothing', async ({ client, assert }) => {
    const [api, mrn] = [await apiCallerWith(client, 'reception'), `F${someDigits()}`]
    const patient = await somePatient()
    await withAuditFault(async () => {
      const made = await api.post(PATIENTS, aPatient({ mrn }), { ...faulty(), 'Idempotency-Key': newUuid() })
      const corrected = await api.patch(`${PATIENTS}/${patient.uuid}`, { version: 1, sex: 'male' }, faulty())
      for (const answer of [made, corrected])
        assert.deepEqual([answer.status(), answer.body().code], [503, 'audit_unavailable'])
    })
    assert.lengthOf(await db.from('patients').where('mrn', mrn), 0)
    assert.equal((await db.from('patients').where('id', patient.id).firstOrFail()).version, 1)
    const again = await api.post(PATIENTS, aPatient({ mrn }))
    assert.equal(again.status(), 201, 'control')
  })

  test('a read opens nothing', async ({ client, assert }) => {
    const [api, patient] = [await apiCallerWith(client, 'reception'), await somePatient()]
    const path = `${PATIENTS}/${patient.uuid}`
    await withAuditFault(async () => {
      const closed = await api.get(path, faulty())
      assert.deepEqual([closed.status(), closed.body().code], [503, 'audit_unavailable'])
      assert.notInclude(closed.text(), patient.familyName)
    })
    assert.equal((await api.get(path)).status(), 200, 'control')
  })

  test('a device is told to come again: nothing of it is done, and nothing opened', async ({ client, assert }) => {
    const doctor = await someone('doctor')
    const [device, patient] = [await deviceOf(client, doctor), await patientOf(doctor)]
    const mutation = aMutation('consultations.record', aConsultation(patient))
    const consultations = () => db.from('consultations').where('uuid', mutation.client_generated_uuid)
    const mutations = () => db.from('sync_mutations').where('mutation_id', mutation.mutation_id)
    const call = aCall(device.uuid, [mutation])
    await withAuditFault(async () => {
      const answer = await device.send(call)
      assert.deepEqual([answer.status(), answer.body().code], [503, 'audit_unavailable'])
      assert.notInclude(answer.text(), patient.familyName)
    }, OF('sync'))
    assert.deepEqual([await consultations(), await mutations()], [[], []])
    assert.equal((await device.send(call)).status(), 200, 'control')
    assert.lengthOf(await consultations(), 1)
  })

  test('a command changes nothing and gives nothing out', async ({ assert, cleanup }) => {
    const { home, remove } = await anEmptyHome()
    cleanup(remove)
    const [name, output] = [`Fault ${newUuid()}`, join(home, 'audit.csv')]
    const users = () => db.from('users').where('name', name)
    await withAuditFault(async () => {
      for (const argv of [
        ['user', 'create', '--name', name, '--role', 'nurse'],
        ['user', 'list'],
        ['audit', 'export', '--output', output],
        ['job', 'list'],
        ['audit', 'verify'],
      ]) {
        const { code, json } = await medinfoJson(...argv)
        assert.deepEqual([code, json.error.code], [1, 'audit_unavailable'], argv.join(' '))
      }
    }, OF('cli'))
    assert.deepEqual([await users(), existsSync(output)], [[], false])
    assert.equal((await medinfoJson('user', 'create', '--name', name, '--role', 'nurse')).code, 0, 'control')
    assert.lengthOf(await users(), 1)
  })

  test('a job does no step, and does it once the audit can be written', async ({ assert, cleanup }) => {
    const { home, remove } = await anEmptyHome()
    cleanup(() => (moveClock(0), remove()))
    const family = `Fault${newUuid().slice(-12)}`
    const file = join(home, 'patients.csv')
    await writeFile(file, `id,family_name,given_name,sex,dob\n${newUuid()},${family},Awa,female,1988-04-02\n`)
    const { job } = (await jsonOf('import', '--mapping', 'medinfo', '--file', file, '--background')).data
    const patients = () => db.from('patients').where('family_name', family)
    const state = async () => (await db.from('jobs').where('uuid', job).firstOrFail()).state
    await withAuditFault(() => runDueJob(job, new AbortController().signal), OF('job'))
    assert.deepEqual([await patients(), await state()], [[], 'waiting'])
    moveClock(60_000)
    await runDueJob(job, new AbortController().signal)
    assert.deepEqual([(await patients()).length, await state()], [1, 'done'])
  })

  test('a sign-in lets nobody in', async ({ client, assert }) => {
    const user = await somebody('doctor')
    const sessions = () => db.from('sessions').where('user_id', user.id)
    await withAuditFault(async () => {
      for (const password of [undefined, 'ce-n-est-pas-le-bon']) {
        const answer = await ask(password)
        assert.deepEqual([answer.status(), answer.body().code], [503, 'audit_unavailable'])
        assert.lengthOf(cookiesOf(answer), 0)
      }
    })
    assert.lengthOf(await sessions(), 0)
    const inside = await signIn(client, user.email!)
    assert.deepEqual([inside.status(), (await sessions()).length], [201, 1], 'control')
    assert.lengthOf(await auditOf(inside.requestId), 1)

    function ask(password?: string) {
      return signIn(client, user.email!, { password, headers: faulty() })
    }
  })
})
