import { test } from '@japa/runner'
import Consultation from '#app/consultations/consultation'
import Prescription from '#app/consultations/prescription'
import { correctPatient } from '#app/patients/correct_patient'
import Patient from '#app/patients/patient'
import { registerPatient } from '#app/patients/register_patient'
import { openRecordVersion } from '#tests/functional/imports/record_version'
import {
  aPerson,
  attributesOf,
  aUniqueId,
  countOf,
  firstNoteOf,
  LegacySystem,
  notesOf,
  recordsOf,
  rowsOf,
} from '#tests/functional/imports/legacy_system'
import { callerOf } from '#tests/acting'

test.group('A row that its old system has changed', () => {
  test('brings its record up to date and keeps the former version', async ({ assert }) => {
    const system = await LegacySystem.create()
    const person = aPerson({ phone: '+221771234567', address: 'Dakar' })
    await system.write('patients.csv', [person])
    const first = await system.import()
    await system.write('patients.csv', [{ ...person, given_name: 'Aïcha', address: 'Thiès' }])
    assert.containsSubset(await system.import(), { updated: 1, created: 0, by_entity: { patient: { updated: 1 } } })
    const [{ uuid }] = await recordsOf(first.run_id, 'patient', 'patients')
    const patient = await Patient.findByOrFail('uuid', uuid)
    assert.containsSubset(patient.$attributes, {
      givenName: 'Aïcha',
      address: 'Thiès',
      phone: '+221771234567',
      version: 2,
    })
    const former = await openRecordVersion(uuid, 1)
    assert.containsSubset(former, { given_name: 'Awa', address: 'Dakar' })
    assert.containsSubset(await system.import(), { updated: 0, unchanged: 1 })
  })

  test('is found by what it says now, and no more by what it said', async ({ assert }) => {
    const system = await LegacySystem.create()
    const [before, after] = [aUniqueId(), aUniqueId()]
    const person = aPerson({ national_id: before })
    await system.write('patients.csv', [person])
    const first = await system.import()
    await system.write('patients.csv', [{ ...person, national_id: after }])
    await system.import()
    const [{ uuid }] = await recordsOf(first.run_id, 'patient', 'patients')
    const tokens = await countOf('select count(*) from unique_blind_indexes where row_uuid = ?', [uuid])
    assert.equal(tokens, 1)
    const again = await LegacySystem.create()
    await again.write('patients.csv', [
      { ...aPerson(), national_id: after },
      { ...aPerson(), national_id: before },
    ])
    assert.containsSubset(await again.import(), { merged: 1, created: 1 })
  })

  test('empties what is empty now, but not what a record must have', async ({ assert }) => {
    const system = await LegacySystem.create()
    const person = aPerson({ phone: '+221771234567', mrn: aUniqueId() })
    const visit = {
      id: 'c1',
      patient: person.id!,
      date: '2020-01-01',
      reason: 'Fièvre',
      status: 'cancelled',
      follow_up_on: '2020-02-01',
    }
    const medicine = { id: 'r1', consultation: 'c1', medicine: 'A', prescribed_at: '2020-01-02', dosage: '1' }
    await system.write('patients.csv', [person])
    await system.write('consultations.csv', [visit])
    await system.write('prescriptions.csv', [medicine])
    const first = await system.import()
    await system.write('patients.csv', [{ ...person, phone: '', mrn: '' }])
    await system.write('consultations.csv', [{ ...visit, reason: '', status: '', follow_up_on: '' }])
    await system.write('prescriptions.csv', [{ ...medicine, prescribed_at: '', dosage: '' }])
    assert.containsSubset(await system.import(), { updated: 3 })
    const idOf = async (entity: string, table: string) => {
      const [record] = await recordsOf(first.run_id, entity, table)
      return record.id
    }
    const patient = await Patient.findOrFail(await idOf('patient', 'patients'))
    assert.containsSubset(patient.$attributes, { phone: null, mrn: person.mrn })
    const consultation = await Consultation.findOrFail(await idOf('consultation', 'consultations'))
    assert.containsSubset(consultation.$attributes, { reason: null, status: 'cancelled', followUpOn: null })
    const prescription = await Prescription.findOrFail(await idOf('prescription', 'prescriptions'))
    assert.containsSubset(prescription.$attributes, { dosage: null, prescribedAt: new Date('2020-01-02T00:00:00Z') })
  })

  test('counts as unchanged when its record says the same already', async ({ assert }) => {
    const system = await LegacySystem.create()
    const person = aPerson({ mrn: 'abc-1' + aUniqueId() })
    await system.write('patients.csv', [person])
    await system.import()
    await system.write('patients.csv', [{ ...person, mrn: person.mrn!.toUpperCase() }])
    assert.containsSubset(await system.import(), { updated: 0, unchanged: 1 })
  })

  test('is refused where it takes the national id or the number of somebody else', async ({ assert }) => {
    const system = await LegacySystem.create()
    const [nationalId, mrn] = [aUniqueId(), aUniqueId()]
    await registerPatient(callerOf(), {
      family_name: 'Sow',
      given_name: 'Ali',
      sex: 'male',
      dob: '1970-01-01',
      national_id: nationalId,
      mrn,
    })
    const people = [aPerson(), aPerson(), aPerson({ national_id: aUniqueId() }), aPerson()]
    await system.write('patients.csv', people)
    await system.import()
    const fresh = aUniqueId()
    await system.write('patients.csv', [
      { ...people[0]!, national_id: nationalId },
      { ...people[1]!, mrn },
      { ...people[2]!, national_id: fresh },
      { ...people[3]!, national_id: fresh },
    ])
    const report = await system.import()
    assert.containsSubset(report, { updated: 1, rejected: 3 })
    const notes = await notesOf(report.run_id)
    assert.deepEqual(
      notes.map(({ line, code }) => [line, code]),
      [
        [2, 'national_id_of_another'],
        [3, 'mrn_taken'],
        [5, 'national_id_of_another'],
      ]
    )
  })

  test('is refused when it now belongs to another patient: its text is sealed by the key of the first', async ({
    assert,
  }) => {
    const system = await LegacySystem.create()
    const people = [aPerson(), aPerson()]
    await system.write('patients.csv', people)
    const visit = { id: 'c1', patient: people[0]!.id!, date: '2020-01-01' }
    await system.write('consultations.csv', [visit])
    await system.import()
    await system.write('consultations.csv', [{ ...visit, patient: people[1]!.id! }])
    const report = await system.import()
    const [note] = await notesOf(report.run_id)
    assert.containsSubset(note, { code: 'patient_changed', column: 'patient' })
  })

  test('stays as it is where somebody has edited the record here since', async ({ assert }) => {
    const system = await LegacySystem.create()
    const person = aPerson()
    await system.write('patients.csv', [person])
    const first = await system.import()
    const [{ uuid }] = await recordsOf(first.run_id, 'patient', 'patients')
    await correctPatient(callerOf(), { id: uuid, version: 1, given_name: 'Corrigée' })
    await system.write('patients.csv', [{ ...person, given_name: 'Autre' }])
    const report = await system.import()
    assert.containsSubset(report, { kept: 1, updated: 0 })
    const [note] = await notesOf(report.run_id)
    assert.containsSubset(note, { code: 'kept', record_uuid: uuid, line: 2 })
    assert.containsSubset(await attributesOf(uuid), { givenName: 'Corrigée', version: 2 })
  })
})

test.group('A row that was merged', () => {
  test('never changes the record of another row, nor one that was registered here', async ({ assert }) => {
    const system = await LegacySystem.create()
    const nationalId = aUniqueId()
    const { uuid } = await registerPatient(callerOf(), {
      ...{ family_name: 'Sow', given_name: 'Ali', sex: 'male', dob: '1970-01-01', national_id: nationalId },
    })
    const person = aPerson({ dob: '1970-01-01', national_id: nationalId })
    await system.write('patients.csv', [person])
    const first = await system.import()
    assert.containsSubset(first, { merged: 1, created: 0 })
    assert.containsSubset(await firstNoteOf(first.run_id), { code: 'merged', record_uuid: uuid })
    assert.containsSubset(await system.import(), { unchanged: 1 })
    await system.write('patients.csv', [{ ...person, given_name: 'Autre' }])
    assert.containsSubset(await system.import(), { merged: 1, updated: 0 })
    assert.containsSubset(await system.import(), { unchanged: 1 })
    assert.containsSubset(await attributesOf(uuid), { givenName: 'Ali', version: 1 })
  })

  test('is refused once it stands for somebody else', async ({ assert }) => {
    const system = await LegacySystem.create()
    const nationalId = aUniqueId()
    const people = [aPerson({ national_id: nationalId }), aPerson({ national_id: nationalId })]
    await system.write('patients.csv', people)
    assert.containsSubset(await system.import(), { created: 1, merged: 1 })
    await system.write('patients.csv', [people[0]!, { ...people[1]!, national_id: aUniqueId() }])
    const report = await system.import()
    assert.containsSubset(report, { unchanged: 1, rejected: 1 })
    assert.containsSubset(await firstNoteOf(report.run_id), { line: 3, code: 'merged_row_changed' })
  })

  test('is what its visits hang on', async ({ assert }) => {
    const system = await LegacySystem.create()
    const nationalId = aUniqueId()
    const people = [aPerson({ national_id: nationalId }), aPerson({ national_id: nationalId })]
    await system.write('patients.csv', people)
    await system.write('consultations.csv', [{ id: 'c1', patient: people[1]!.id!, date: '2020-01-01', reason: 'Toux' }])
    const report = await system.import()
    const [patient] = await recordsOf(report.run_id, 'patient', 'patients')
    const [visit] = await recordsOf(report.run_id, 'consultation', 'consultations')
    assert.equal(visit.patient_id, patient.id)
    const opened = await Consultation.findOrFail(visit.id)
    assert.equal(opened.reason, 'Toux')
  })

  test('a visit file that repeats its patients makes each of them once', async ({ assert }) => {
    const text = `mapping: 1
source: x
files:
  - file: visits.csv
    entity: consultation
    key: id
    fields: { date: { column: date, instant: YYYY-MM-DD }, reason: reason }
    references: { patient: { file: visits.csv, also: person, key: nid } }
    also:
      - name: person
        entity: patient
        key: nid
        fields: { family_name: name, given_name: name, sex: { constant: other }, dob: { column: born, date: YYYY-MM-DD }, national_id: nid }
`
    const system = await LegacySystem.create(text)
    const [one, other, taken] = [aUniqueId(), aUniqueId(), aUniqueId()]
    await registerPatient(callerOf(), {
      family_name: 'Sow',
      given_name: 'Ali',
      sex: 'male',
      dob: '1970-01-01',
      national_id: taken,
    })
    const visit = (id: string, nid: string) => ({
      id,
      date: '2020-01-01',
      reason: `Motif ${id}`,
      nid,
      name: 'Ba',
      born: '1980-01-01',
    })
    await system.write('visits.csv', [
      visit('1', one),
      visit('2', taken),
      visit('3', one),
      visit('4', taken),
      visit('5', other),
    ])
    const report = await system.import()
    assert.containsSubset(report, {
      created: 3,
      rejected: 2,
      by_entity: { patient: { created: 2 }, consultation: { created: 3 } },
    })
    const visits = await recordsOf(report.run_id, 'consultation', 'consultations')
    assert.equal(visits[0].patient_id, visits[1].patient_id)
    assert.notEqual(visits[0].patient_id, visits[2].patient_id)
    const opened = await Consultation.query().whereIn(
      'id',
      visits.map(({ id }) => id)
    )
    assert.sameMembers(
      opened.map(({ reason }) => reason),
      ['Motif 1', 'Motif 3', 'Motif 5']
    )
  })
})

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
