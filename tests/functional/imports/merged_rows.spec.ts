import { test } from '@japa/runner'
import Consultation from '#app/consultations/consultation'
import { registerPatient } from '#app/patients/register_patient'
import {
  aPerson,
  attributesOf,
  aUniqueId,
  firstNoteOf,
  LegacySystem,
  recordsOf,
} from '#tests/functional/imports/legacy_system'
import { callerOf } from '#tests/acting'

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
