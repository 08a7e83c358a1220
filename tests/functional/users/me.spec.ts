import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { DEFAULT_ROLES, PERMISSIONS } from '#app/users/default_roles'
import { apiCaller, apiCallerWith } from '#tests/functional/api_caller'
import { somePatient } from '#tests/functional/patients/some_patient'
import { someone } from '#tests/acting'

const ME = '/api/v1/me'

test.group('The own account', () => {
  test('is refused to nobody in particular', async ({ client, assert }) => {
    const answer = await client.get(ME)
    assert.deepEqual([answer.status(), answer.body().code], [401, 'unauthenticated'])
  })

  test('says who somebody is, with roles and what they allow', async ({ client, assert }) => {
    for (const role of Object.keys(DEFAULT_ROLES)) {
      const caller = await apiCallerWith(client, role)
      const answer = await caller.get(ME)
      assert.equal(answer.status(), 200)
      const { uuid: id, name, email, language } = caller.user
      assert.deepInclude(answer.body().data, { id, name, email, language, roles: [role], patient_id: null })
      assert.sameMembers(answer.body().data.permissions, [...DEFAULT_ROLES[role]!])
    }
  })

  test('leaves out what the token does not allow', async ({ client, assert }) => {
    const caller = await apiCaller(client, await someone('doctor'), ['patients.find'])
    assert.deepEqual((await caller.get(ME)).body().data.permissions, ['patients.find'])
    assert.include(PERMISSIONS, 'patients.find')
  })

  test('names the own chart', async ({ client, assert }) => {
    const caller = await apiCallerWith(client, 'patient')
    const patient = await somePatient()
    await db.from('patients').where('id', patient.id).update({ user_id: caller.user.id })
    assert.equal((await caller.get(ME)).body().data.patient_id, patient.uuid)
  })
})
