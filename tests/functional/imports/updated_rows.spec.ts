import { test } from '@japa/runner'
import Consultation from '#app/consultations/consultation'
import Prescription from '#app/prescriptions/prescription'
import { correctPatient } from '#app/patients/correct_patient'
import Patient from '#app/patients/patient'
import { registerPatient } from '#app/patients/register_patient'
import { openRecordVersion } from '#tests/functional/imports/record_version'
import {
  aPerson,
  attributesOf,
  aUniqueId,
  countOf,
  LegacySystem,
  notesOf,
  recordsOf,
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
