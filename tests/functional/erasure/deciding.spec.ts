import { randomUUID } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { OPERATOR } from '#app/core/actor'
import { moveClock } from '#app/core/clock'
import { newUuid } from '#app/core/ids'
import { rehearse } from '#app/core/rehearse'
import { approveErasure } from '#app/erasure/approve_erasure'
import { erasePatient } from '#app/erasure/erase_patient'
import { listErasures } from '#app/erasure/list_erasures'
import { requestErasure } from '#app/erasure/request_erasure'
import { withdrawErasure } from '#app/erasure/withdraw_erasure'
import { revoke } from '#app/users/change_grants'
import { disableUser } from '#app/users/disable_user'
import { callerOf, someone } from '#tests/acting'
import { auditOf } from '#tests/functional/core/probe'
import { anEraser, erase, keysOf, requested, rowOf } from '#tests/functional/erasure/some_erasure'
import { somePatient } from '#tests/functional/patients/some_patient'
import { refusalOf } from '#tests/functional/sync/pulling'

const DAY = 86_400_000
const codeOf = async (work: Promise<unknown>) => (await refusalOf(work)).code
const wish = ({ uuid }: { uuid: string }) => ({ patient: uuid, ground: 'person_asked' })

async function isErased(patient: { uuid: string }) {
  const [row, keys] = [await rowOf(patient), await keysOf(patient)]
  const isShredded = keys.every(({ state }) => state === 'shredded')
  if ((row.erased_at !== null) !== isShredded) throw new Error('half erased')
  return isShredded
}

test.group('An erasure is refused', (group) => {
  group.each.teardown(() => moveClock(0))

  test('to the operator, who could be anybody, and to whoever may not erase', async ({ assert }) => {
    const patient = await somePatient()
    const id = await requested(patient)
    for (const user of [OPERATOR, await someone('doctor'), await someone('reception')]) {
      const caller = callerOf(user)
      assert.equal(await codeOf(requestErasure(caller, wish(patient))), 'forbidden')
      // A number that nobody has is refused in the same way: they can be guessed.
      assert.equal(await codeOf(requestErasure(caller, { patient: 'AAAAA-AAAAA-A', ground: 'unlawful' })), 'forbidden')
      assert.equal(await codeOf(approveErasure(caller, { id })), 'forbidden')
      assert.equal(await codeOf(withdrawErasure(caller, { id })), 'forbidden')
    }
    assert.isFalse(await isErased(patient))
  })

  test('to whoever has no second factor', async ({ assert }) => {
    const [patient, admin] = [await somePatient(), callerOf(await someone('admin'))]
    const id = await requested(patient)
    assert.equal(await codeOf(requestErasure(admin, wish(patient))), 'enrolment_required')
    assert.equal(await codeOf(approveErasure(admin, { id })), 'enrolment_required')
    assert.equal(await codeOf(withdrawErasure(admin, { id })), 'enrolment_required')
  })

  test('through the API without a session that was just confirmed', async ({ assert }) => {
    const [patient, admin] = [await somePatient(), await anEraser()]
    const caller = { ...callerOf(admin), via: 'api' as const }
    assert.equal(await codeOf(requestErasure(caller, wish(patient))), 'session_required')
    assert.equal(await codeOf(approveErasure(caller, { id: await requested(patient) })), 'session_required')
  })

  test('to whoever asked for it', async ({ assert }) => {
    const [patient, admin] = [await somePatient(), await anEraser()]
    const id = await requested(patient, admin)
    assert.equal(await codeOf(approveErasure(callerOf(admin), { id })), 'own_erasure_request')
    await approveErasure(callerOf(await anEraser()), { id })
    assert.equal(await codeOf(approveErasure(callerOf(admin), { id })), 'own_erasure_request')
    assert.isFalse(await isErased(patient))
  })

  test('to one person twice, and to one approval alone', async ({ assert }) => {
    const [patient, admin] = [await somePatient(), callerOf(await anEraser())]
    const id = await requested(patient)
    assert.isNull((await approveErasure(admin, { id })).erased)
    assert.equal(await codeOf(approveErasure(admin, { id })), 'erasure_approved')
    assert.equal(await codeOf(erasePatient(admin, { id })), 'erasure_not_approved')
    assert.isFalse(await isErased(patient))
  })

  test('to the approval of whoever may not approve any more', async ({ assert }) => {
    const [patient, gone, without] = [await somePatient(), await anEraser(), await anEraser()]
    const id = await requested(patient)
    await approveErasure(callerOf(gone), { id })
    await disableUser(callerOf(), { user: gone.uuid })
    assert.isNull((await approveErasure(callerOf(without), { id })).erased)
    await revoke(callerOf(), { user: without.uuid, role: 'admin' })
    assert.isNull((await approveErasure(callerOf(await anEraser()), { id })).erased)
    assert.isFalse(await isErased(patient))
    assert.isNotNull((await approveErasure(callerOf(await anEraser()), { id })).erased)
    assert.isTrue(await isErased(patient))
  })

  test('after fourteen days, when another may be asked for', async ({ assert }) => {
    const [patient, one, other] = [await somePatient(), callerOf(await anEraser()), callerOf(await anEraser())]
    const id = await requested(patient)
    await approveErasure(one, { id })
    moveClock(14 * DAY - 60_000)
    assert.equal(await codeOf(requestErasure(one, wish(patient))), 'erasure_requested')
    moveClock(14 * DAY)
    assert.equal(await codeOf(approveErasure(other, { id })), 'erasure_over')
    assert.equal(await codeOf(withdrawErasure(other, { id })), 'erasure_over')
    const again = await requested(patient)
    assert.notEqual(again, id)
    const listed = (await listErasures(callerOf(), {})).filter(({ patientUuid }) => patientUuid === patient.uuid)
    assert.deepEqual(
      listed.map(({ state, approvals }) => [state, approvals]),
      [
        ['waiting', 0],
        ['expired', 1],
      ]
    )
    assert.isFalse(await isErased(patient))
  })

  test('once it is withdrawn, by whom ever', async ({ assert }) => {
    const [patient, one] = [await somePatient(), callerOf(await anEraser())]
    const id = await requested(patient)
    await withdrawErasure(callerOf(await anEraser()), { id })
    assert.equal(await codeOf(approveErasure(one, { id })), 'erasure_over')
    await requested(patient)
  })

  test('for a record that was merged into another, which is named, and for nobody', async ({ assert }) => {
    const [survivor, middle, merged] = [await somePatient(), await somePatient(), await somePatient()]
    await db.from('patients').where('id', merged.id).update({ merged_into_id: middle.id })
    await db.from('patients').where('id', middle.id).update({ merged_into_id: survivor.id })
    const admin = callerOf(await anEraser())
    const refusal = await refusalOf(requestErasure(admin, wish(merged)))
    assert.deepEqual([refusal.code, refusal.extra], ['record_is_merged', { patient_id: survivor.uuid }])
    for (const patient of [newUuid(), 'NO-SUCH-NUMBER', 'Ä'])
      assert.equal(await codeOf(requestErasure(admin, { patient, ground: 'unlawful' })), 'not_found')
  })

  test('for a second request, and of whom it was done', async ({ assert }) => {
    const [patient, admin] = [await somePatient(), callerOf(await anEraser())]
    const id = await requested(patient)
    const refusal = await refusalOf(requestErasure(admin, wish(patient)))
    assert.deepEqual([refusal.code, refusal.extra], ['erasure_requested', { request: id }])
    const gone = await somePatient()
    await erase(gone)
    assert.equal(await codeOf(requestErasure(admin, wish(gone))), 'patient_erased')
  })
})

test.group('An erasure', () => {
  test('is done by the second of two others, and told to the audit', async ({ assert }) => {
    const [patient, one, other] = [await somePatient(), callerOf(await anEraser()), callerOf(await anEraser())]
    const asking = callerOf(await anEraser())
    const { request } = await requestErasure(asking, { patient: patient.mrn, ground: 'legal_duty', reference: 'D-17' })
    const { uuid: id } = request
    assert.deepEqual((await approveErasure(one, { id })).approvals, 1)
    assert.isFalse(await isErased(patient))
    const { erased, ...told } = await approveErasure(other, { id })
    assert.deepEqual([erased!.records, erased!.keys.length], [1, 1])
    assert.deepEqual([told.approvals, told.request.state, told.request.isOpen], [2, 'done', null])
    assert.isTrue(await isErased(patient))
    const entries = await Promise.all([asking, one, other].map(({ requestId }) => auditOf(requestId)))
    assert.deepEqual(
      entries.flat().map(({ action, outcome, patient_uuid }) => [action, outcome, patient_uuid]),
      [
        ['patients.request_erasure', 'done', patient.uuid],
        ['patients.approve_erasure', 'done', patient.uuid],
        ['patients.erase', 'done', patient.uuid],
        ['patients.approve_erasure', 'done', patient.uuid],
      ]
    )
    const [ledger] = await db.from('shred_ledger').where('request_uuid', id)
    assert.deepEqual([ledger.patient_uuid, ledger.keys], [patient.uuid, 1])
    assert.notInclude(JSON.stringify(entries), 'D-17')
  })

  test('is rehearsed without being done', async ({ assert }) => {
    const patient = await somePatient()
    const id = await requested(patient)
    await approveErasure(callerOf(await anEraser()), { id })
    const last = callerOf(await anEraser())
    const tried = await rehearse(last, (as) => approveErasure(as, { id }))
    assert.equal(tried.erased!.records, 1)
    assert.isFalse(await isErased(patient))
    assert.isNotNull((await approveErasure(last, { id })).erased)
  })

  test('is done once, whoever approves at the same moment', async ({ assert }) => {
    const patient = await somePatient()
    const id = await requested(patient)
    const admins = await Promise.all(Array.from({ length: 4 }, () => anEraser()))
    const one = admins[0]!
    const callers = [...admins, one, one].map((user) => ({ ...callerOf(user), requestId: randomUUID() }))
    const settled = await Promise.allSettled(callers.map((caller) => approveErasure(caller, { id })))
    const done = settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
    const refused = settled.flatMap((each) => (each.status === 'rejected' ? [each.reason.code] : []))
    assert.deepEqual(done.map(({ approvals }) => approvals).sort(), [1, 2])
    assert.lengthOf(
      done.filter(({ erased }) => erased),
      1
    )
    assert.includeMembers(['erasure_over', 'erasure_approved', 'patient_erased'], refused)
    assert.lengthOf(await db.from('shred_ledger').where('request_uuid', id), 1)
    const { id: number } = await db.from('shred_requests').where('uuid', id).firstOrFail()
    assert.lengthOf(await db.from('shred_approvals').where('request_id', number), 2)
  })

  test('is asked for once at the same moment', async ({ assert }) => {
    const patient = await somePatient()
    const admins = await Promise.all(Array.from({ length: 4 }, () => anEraser()))
    const settled = await Promise.allSettled(
      admins.map((user) => requestErasure({ ...callerOf(user), requestId: randomUUID() }, wish(patient)))
    )
    assert.lengthOf(
      settled.filter(({ status }) => status === 'fulfilled'),
      1
    )
  })
})
