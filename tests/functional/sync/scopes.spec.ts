import { createHash } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { assignDoctor, unassignDoctor } from '#app/doctors/assign_doctor'
import { correctConsultation } from '#app/consultations/correct_consultation'
import { newUuid } from '#app/core/ids'
import { restorePatient, retirePatient } from '#app/patients/retire_patient'
import type Patient from '#app/patients/patient'
import { grant, revoke } from '#app/users/change_grants'
import { withGrants } from '#app/users/grants'
import User from '#app/users/user'
import { callerOf, someone } from '#tests/acting'
import { patientOf, someConsultation } from '#tests/functional/charts/some_chart'
import { deviceAt, uuidsTold } from '#tests/functional/sync/pulling'

const pair = (doctor: User, patient: Patient) => ({ doctor_id: doctor.uuid, patient_id: patient.uuid })
const digest = (...uuids: string[]) => createHash('sha256').update(uuids.sort().join('\n')).digest('hex')

test.group('Charts that a device is to hold', () => {
  test('are compared by a digest, and named once the device says what it holds', async ({ assert }) => {
    const doctor = await someone('doctor')
    const [one, other, gone] = [await patientOf(doctor), await patientOf(doctor), newUuid()]
    const device = await deviceAt(doctor)
    const same = await device.pull({ scopes_digest: digest(other.uuid, one.uuid) })
    assert.deepEqual([same.scopesDiffer, same.addScopes, same.purgeScopes], [false, [], []])
    const differs = await device.pull({ scopes_digest: digest(one.uuid, gone) })
    assert.deepEqual([differs.scopesDiffer, differs.addScopes, differs.purgeScopes], [true, [], []])
    const named = await device.pull({ scopes_digest: digest(one.uuid, gone), scopes: [one.uuid, gone] })
    assert.deepEqual([named.scopesDiffer, named.addScopes, named.purgeScopes], [false, [other.uuid], [gone]])
    const silent = await device.pull()
    assert.isFalse(silent.scopesDiffer, 'nothing is known of a device that says nothing')
  })

  test('are none: the digest of nothing', async ({ assert }) => {
    const device = await deviceAt(await someone('doctor'))
    assert.isFalse((await device.pull({ scopes_digest: digest() })).scopesDiffer)
  })

  test('are added when a patient comes into care, whatever the device says it holds', async ({ assert }) => {
    const doctor = await someone('doctor')
    const device = await deviceAt(doctor)
    const patient = await patientOf(doctor)
    await someConsultation(doctor, patient)
    const pulled = await device.pull({ scopes_digest: digest(patient.uuid) })
    assert.deepEqual([pulled.addScopes, pulled.changes], [[patient.uuid], []])
  })

  test('are added anew when a patient was away and the device had not forgotten the chart', async ({ assert }) => {
    const [doctor, colleague] = [await someone('doctor'), await someone('doctor')]
    const patient = await patientOf(doctor, colleague)
    const consultation = await someConsultation(colleague, patient)
    const device = await deviceAt(doctor)
    await unassignDoctor(callerOf(), pair(doctor, patient))
    await correctConsultation(callerOf(colleague), { id: consultation.uuid, version: 1, notes: 'Pendant ce temps' })
    assert.deepEqual((await device.pull({ scopes: [patient.uuid] })).purgeScopes, [patient.uuid])
    await assignDoctor(callerOf(), pair(doctor, patient))
    const back = await device.pull({ scopes_digest: digest(patient.uuid) })
    assert.deepEqual([back.scopesDiffer, back.addScopes], [false, [patient.uuid]])
  })

  test('are not added by what happens to a colleague', async ({ assert }) => {
    const [doctor, colleague] = [await someone('doctor'), await someone('doctor')]
    const patient = await patientOf(doctor)
    const device = await deviceAt(doctor)
    await assignDoctor(callerOf(), pair(colleague, patient))
    assert.deepEqual((await device.pull()).addScopes, [])
  })

  test('are to be forgotten once the assignment has ended, and of them nothing more is told', async ({ assert }) => {
    const [doctor, colleague] = [await someone('doctor'), await someone('doctor')]
    const patient = await patientOf(doctor, colleague)
    const [mine, theirs] = [await deviceAt(doctor), await deviceAt(colleague)]
    await unassignDoctor(callerOf(), pair(doctor, patient))
    const { uuid } = await someConsultation(colleague, patient)
    const pulled = await mine.pull({ scopes: [patient.uuid] })
    assert.deepEqual([pulled.changes, pulled.purgeScopes], [[], [patient.uuid]])
    assert.deepEqual(uuidsTold(await theirs.pull()), [uuid], 'control: whoever treats them is told')
  })

  test('are to be forgotten while the patient is retired, or merged into another', async ({ assert }) => {
    const doctor = await someone('doctor')
    const [retired, merged] = [await patientOf(doctor), await patientOf(doctor)]
    const held = [retired.uuid, merged.uuid]
    const device = await deviceAt(doctor)
    await retirePatient(callerOf(), { id: retired.uuid, version: 1 })
    await db.from('patients').where('id', merged.id).update({ merged_into_id: retired.id })
    assert.sameMembers((await device.pull({ scopes: held })).purgeScopes, held)
    await restorePatient(callerOf(), { id: retired.uuid, version: 2 })
    assert.deepEqual((await device.pull({ scopes: [] })).addScopes, [retired.uuid])
  })

  test('are all to be forgotten by whoever may read charts no more', async ({ assert }) => {
    const doctor = await someone('doctor')
    const patient = await patientOf(doctor)
    await revoke(callerOf(), { user: doctor.uuid, role: 'doctor' })
    await grant(callerOf(), { user: doctor.uuid, permission: 'charts.view' })
    const now = await withGrants(await User.findOrFail(doctor.id), db.connection())
    const device = await deviceAt(now)
    assert.deepEqual((await device.pull({ scopes: [patient.uuid] })).purgeScopes, [patient.uuid])
    await grant(callerOf(), { user: doctor.uuid, permission: 'patients.view' })
    const again = await deviceAt(await withGrants(await User.findOrFail(doctor.id), db.connection()))
    assert.deepEqual((await again.pull({ scopes: [] })).addScopes, [patient.uuid])
  })
})
