import { test } from '@japa/runner'
import type { Actor } from '#app/core/actor'
import { registerPatient } from '#app/patients/register_patient'
import { aPerson, aUniqueId, LegacySystem, notesOf } from '#tests/functional/imports/legacy_system'
import { callerOf, someone } from '#tests/acting'

type Row = Record<string, string>

/** Rows of one file that must be refused: code, column and the row. */
const CASES: Record<string, [code: string, column: string | null, row: Row][]> = {
  'users.csv': [
    ['required', 'name', { id: 'u1', name: '   ' }],
    ['email', 'email', { id: 'u2', name: 'Dr Ba', email: 'nobody' }],
    ['unknown_role', 'roles', { id: 'u3', name: 'Dr Ba', roles: 'wizard' }],
    ['regex', 'roles', { id: 'u4', name: 'Dr Ba', roles: 'Doctor!' }],
    ['array.maxLength', 'roles', { id: 'u5', name: 'Dr Ba', roles: Array(21).fill('doctor').join(',') }],
  ],
  'patients.csv': [
    ['missing_key', 'id', aPerson({ id: '' })],
    ['required', 'family_name', aPerson({ family_name: '' })],
    ['maxLength', 'family_name', aPerson({ family_name: 'x'.repeat(121) })],
    ['regex', 'given_name', aPerson({ given_name: 'A\u{7}wa' })],
    ['enum', 'sex', aPerson({ sex: 'F' })],
    ['unreadable_date', 'dob', aPerson({ dob: '31/12/1980' })],
    ['unreadable_date', 'dob', aPerson({ dob: '1981-02-29' })],
    ['regex', 'dob', aPerson({ dob: '1750-01-01' })],
    ['not_in_the_future', 'dob', aPerson({ dob: '2199-01-01' })],
    ['regex', 'mrn', aPerson({ mrn: '#12' })],
    ['regex', 'phone', aPerson({ phone: 'none' })],
    ['email', 'email', aPerson({ email: 'a@' })],
    ['maxLength', 'address', aPerson({ address: 'x'.repeat(501) })],
    ['regex', 'national_id_country', aPerson({ national_id: aUniqueId(), national_id_country: 'Sénégal' })],
    ['unknown_country', 'national_id', aPerson({ national_id: aUniqueId(), national_id_country: 'ZZ' })],
    ['bad_shape', 'national_id', aPerson({ national_id: '12', national_id_country: 'DZ' })],
    ['bad_checksum', 'national_id', aPerson({ national_id: '255081416802539', national_id_country: 'FR' })],
    ['bad_character', 'national_id', aPerson({ national_id: 'AB?12345' })],
    ['born_after_death', 'deceased_at', aPerson({ deceased_at: '1979-01-01' })],
    ['maxLength', 'account', aPerson({ account: `${'x'.repeat(190)}@example.org` })],
  ],
  'consultations.csv': [
    ['missing_reference', 'patient', { id: 'c1', patient: '', date: '2020-01-01' }],
    ['reference_not_found', 'patient', { id: 'c2', patient: 'nobody', date: '2020-01-01' }],
    ['reference_not_found', 'doctor', { id: 'c3', patient: 'good', doctor: 'nobody', date: '2020-01-01' }],
    ['required', 'date', { id: 'c4', patient: 'good', date: '' }],
    ['enum', 'status', { id: 'c5', patient: 'good', date: '2020-01-01', status: 'over' }],
    ['maxLength', 'diagnosis_code', { id: 'c6', patient: 'good', date: '2020-01-01', diagnosis_code: 'x'.repeat(65) }],
  ],
  'medical_records.csv': [
    ['enum', 'type', { id: 'm1', patient: 'good', type: 'rumour', description: 'x' }],
    ['unreadable_json', 'content', { id: 'm2', patient: 'good', type: 'note', description: 'x', content: '{' }],
    ['object', 'content', { id: 'm3', patient: 'good', type: 'note', description: 'x', content: '"text"' }],
  ],
}

/** Somebody who may this and no more. */
async function clerkWho(...permissions: string[]): Promise<Actor> {
  const { id, uuid } = await someone('admin')
  return { id, uuid, roleNames: ['clerk'], can: (name) => permissions.includes(name) }
}

test.group('Rows that are not taken', (group) => {
  let system: LegacySystem
  group.setup(async () => {
    system = await LegacySystem.create()
  })

  for (const [file, cases] of Object.entries(CASES)) {
    for (const [code, column, row] of cases) {
      test(`${file}: ${code} in ${column}`, async ({ assert }) => {
        const own = await LegacySystem.create()
        if (file !== 'patients.csv') await own.write('patients.csv', [aPerson({ id: 'good' })])
        await own.write(file, [row])
        const report = await own.import()
        const notes = await notesOf(report.run_id)
        assert.deepEqual(
          notes.map((note) => [note.file, note.line, note.outcome, note.code, note.column]),
          [[file, 2, 'rejected', code, column]]
        )
        assert.equal(report.rejected, 1)
        assert.isTrue(report.checks.every(({ ok }) => ok))
      })
    }
  }

  test('refuses a national id whose holder has neither that name nor that date of birth', async ({ assert }) => {
    const nationalId = aUniqueId()
    await registerPatient(callerOf(), {
      family_name: 'Sow',
      given_name: 'Ali',
      sex: 'male',
      dob: '1970-01-01',
      national_id: nationalId,
    })
    await system.write('patients.csv', [aPerson({ national_id: nationalId })])
    const report = await system.import()
    const [note] = await notesOf(report.run_id)
    assert.containsSubset(note, { code: 'national_id_of_another', column: 'national_id', outcome: 'rejected' })
  })

  test('refuses a record number that somebody else has', async ({ assert }) => {
    const taken = aUniqueId()
    await registerPatient(callerOf(), {
      family_name: 'Sow',
      given_name: 'Ali',
      sex: 'male',
      dob: '1970-01-01',
      mrn: taken,
    })
    const twice = aUniqueId()
    await system.write('patients.csv', [aPerson({ mrn: taken }), aPerson({ mrn: twice }), aPerson({ mrn: twice })])
    const report = await system.import()
    const notes = await notesOf(report.run_id)
    assert.deepEqual(
      notes.map(({ line, code, column }) => [line, code, column]),
      [
        [2, 'mrn_taken', 'mrn'],
        [4, 'mrn_taken', 'mrn'],
      ]
    )
  })

  test('refuses a second row with the same key and other content', async ({ assert }) => {
    const person = aPerson()
    await system.write('patients.csv', [person, { ...person, given_name: 'Binta' }])
    const report = await system.import()
    const [note] = await notesOf(report.run_id)
    assert.containsSubset(note, { line: 3, code: 'same_key_different_content' })
    assert.equal(report.created, 1)
  })

  test('a refused patient takes along what hangs on them, and nothing else', async ({ assert }) => {
    const own = await LegacySystem.create()
    const nationalId = aUniqueId()
    await registerPatient(callerOf(), {
      family_name: 'Sow',
      given_name: 'Ali',
      sex: 'male',
      dob: '1970-01-01',
      national_id: nationalId,
    })
    await own.write('patients.csv', [aPerson({ id: 'bad', national_id: nationalId }), aPerson({ id: 'good' })])
    await own.write('consultations.csv', [
      { id: 'c1', patient: 'bad', date: '2020-01-01' },
      { id: 'c2', patient: 'good', date: '2020-01-01' },
    ])
    await own.write('prescriptions.csv', [
      { id: 'r1', consultation: 'c1', medicine: 'A' },
      { id: 'r2', consultation: 'c2', medicine: 'B' },
    ])
    const report = await own.import()
    assert.containsSubset(report, { created: 3, rejected: 3 })
    const notes = await notesOf(report.run_id)
    assert.deepEqual(
      notes.map(({ code }) => code),
      ['national_id_of_another', 'reference_not_found', 'reference_not_found']
    )
  })

  test('whoever may import but not make users imports no user', async ({ assert }) => {
    const own = await LegacySystem.create()
    await own.write('users.csv', [{ id: 'u1', name: 'Dr Ba', roles: 'admin' }])
    const report = await own.import({}, callerOf(await clerkWho('imports.run')))
    const [note] = await notesOf(report.run_id)
    assert.containsSubset(note, { code: 'users_not_allowed', outcome: 'rejected' })
  })

  test('whoever may make users but not give roles imports users without any', async ({ assert }) => {
    const own = await LegacySystem.create()
    await own.write('users.csv', [
      { id: 'u1', name: 'Dr Ba', roles: 'admin' },
      { id: 'u2', name: 'Awa Sow' },
    ])
    const report = await own.import({}, callerOf(await clerkWho('imports.run', 'users.manage')))
    assert.containsSubset(report, { created: 1, rejected: 1 })
    const [note] = await notesOf(report.run_id)
    assert.containsSubset(note, { code: 'users_not_allowed', outcome: 'rejected' })
  })
})
