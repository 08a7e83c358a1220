import { test } from '@japa/runner'
import {
  aPerson,
  aUniqueId,
  countOf,
  firstNoteOf,
  LegacySystem,
  notesOf,
  recordsOf,
  rowsOf,
} from '#tests/functional/imports/legacy_system'

test.group('Patients and accounts', () => {
  test('a patient is linked only to the account that the row names', async ({ assert }) => {
    const system = await LegacySystem.create()
    const email = `${aUniqueId()}@example.org`.toLowerCase()
    await system.write('users.csv', [{ id: 'u1', name: 'Awa Ba', email }])
    await system.write('patients.csv', [
      aPerson({ account: email.toUpperCase() }),
      aPerson({ account: email }),
      aPerson({ account: `x${email}` }),
      aPerson({ email }),
    ])
    const report = await system.import()
    assert.containsSubset(report, { created: 5, remarks: 2 })
    const [user] = await recordsOf(report.run_id, 'user', 'users')
    const patients = await recordsOf(report.run_id, 'patient', 'patients')
    assert.deepEqual(
      patients.map(({ user_id }) => user_id),
      [user.id, null, null, null]
    )
    const notes = await notesOf(report.run_id)
    assert.deepEqual(
      notes.map(({ line, outcome, code, column }) => [line, outcome, code, column]),
      [
        [3, 'created', 'account_taken', 'account'],
        [4, 'created', 'account_not_found', 'account'],
      ]
    )
  })

  test('an account that is made later is linked by the next run; a link is never changed', async ({ assert }) => {
    const system = await LegacySystem.create()
    const emails = [1, 2].map(() => `${aUniqueId()}@example.org`.toLowerCase())
    const person = aPerson({ account: emails[0]! })
    await system.write('patients.csv', [person])
    const first = await system.import()
    assert.containsSubset(await system.import(), { unchanged: 1, remarks: 1 })
    await system.write(
      'users.csv',
      emails.map((email, index) => ({ id: `u${index}`, name: 'Awa Ba', email }))
    )
    assert.containsSubset(await system.import(), { created: 2, updated: 1, remarks: 0 })
    const linked = async () => {
      const [patient] = await recordsOf(first.run_id, 'patient', 'patients')
      return patient.user_id
    }
    const account = await linked()
    assert.isNotNull(account)
    assert.containsSubset(await system.import(), { unchanged: 3, remarks: 0 })
    await system.write('patients.csv', [{ ...person, account: emails[1]! }])
    const last = await system.import()
    assert.containsSubset(await firstNoteOf(last.run_id), { code: 'account_differs' })
    assert.equal(await linked(), account)
  })

  test('a row of an account that is there is merged with it and changes nothing of it', async ({ assert }) => {
    const email = `${aUniqueId()}@example.org`.toLowerCase()
    const [one, other] = [await LegacySystem.create(), await LegacySystem.create()]
    await one.write('users.csv', [{ id: 'u1', name: 'Awa Ba', email, roles: 'doctor' }])
    await one.import()
    await other.write('users.csv', [{ id: 'u9', name: 'A. Ba', email, roles: 'admin' }])
    assert.containsSubset(await other.import(), { merged: 1 })
    const roles = await rowsOf(
      'select r.name, u.name as user_name from users u join user_roles ur on ur.user_id = u.id join roles r on r.id = ur.role_id where u.email = ?',
      [email]
    )
    assert.deepEqual(
      roles.map(({ name, user_name }) => [name, user_name]),
      [['doctor', 'Awa Ba']]
    )
    await one.write('users.csv', [{ id: 'u1', name: 'Awa Ba-Sow', email, roles: 'admin' }])
    assert.containsSubset(await one.import(), { updated: 1 })
    const [user] = await rowsOf('select name from users where email = ?', [email])
    assert.equal(user.name, 'Awa Ba-Sow')
    assert.equal(
      await countOf('select count(*) from user_roles ur join users u on u.id = ur.user_id where u.email = ?', [email]),
      1
    )
  })
})
