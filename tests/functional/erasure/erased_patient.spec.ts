import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { rowSentence } from '#app/imports/row_sentence'
import { registerPatient } from '#app/patients/register_patient'
import { callerOf, someone } from '#tests/acting'
import { apiCaller, apiCallerWith, PATIENTS } from '#tests/functional/api_caller'
import { aConsultation, patientOf } from '#tests/functional/charts/some_chart'
import { auditOf } from '#tests/functional/core/probe'
import { aFullChart, erase } from '#tests/functional/erasure/some_erasure'
import { aPerson, LegacySystem, notesOf, recordsOf } from '#tests/functional/imports/legacy_system'
import { aPatient, someDigits, somePatient } from '#tests/functional/patients/some_patient'
import { aMutation, deviceOf } from '#tests/functional/sync/device_caller'
import { deviceAt } from '#tests/functional/sync/pulling'

type Row = Record<string, string>

const digest = (...uuids: string[]) => createHash('sha256').update(uuids.sort().join('\n')).digest('hex')

test.group('An erased patient', () => {
  test('is gone for whoever could open the chart, wherever they ask, and hidden from others as before', async ({
    client,
    assert,
  }) => {
    const { patient, doctor, paths } = await aFullChart()
    const treating = await apiCaller(client, doctor)
    const [stranger, admin] = [await apiCallerWith(client, 'doctor'), await apiCallerWith(client, 'admin')]
    for (const path of paths) assert.equal((await treating.get(path)).status(), 200, path)
    const before = await Promise.all(paths.map(async (path) => (await stranger.get(path)).status()))
    await erase(patient)
    for (const [at, path] of paths.entries()) {
      for (const caller of [treating, admin]) {
        const refused = await caller.get(path)
        assert.deepEqual([refused.status(), refused.body().code], [410, 'patient_erased'], path)
        const [entry] = await auditOf(refused.requestId)
        assert.deepEqual([entry!.outcome, JSON.parse(entry!.details).code], ['refused', 'patient_erased'], path)
      }
      assert.equal((await stranger.get(path)).status(), before[at], path)
    }
  })

  test('is not written to, nor brought back', async ({ client, assert }) => {
    const { patient, doctor, lab } = await aFullChart()
    const visit = await db.from('consultations').where('patient_id', patient.id).firstOrFail()
    await erase(patient)
    const [treating, admin] = [await apiCaller(client, doctor), await apiCallerWith(client, 'admin')]
    const laboratory = await apiCaller(client, lab)
    const at = `${PATIENTS}/${patient.uuid}`
    const answers = [
      await treating.post('/api/v1/consultations', aConsultation(patient)),
      await treating.patch(`/api/v1/consultations/${visit.uuid}`, { version: 2, notes: 'Encore' }),
      await treating.post(`/api/v1/consultations/${visit.uuid}/addenda`, { text: 'Encore' }),
      await treating.patch(at, { version: 2, address: 'Dakar' }),
      await admin.post(`${at}/restoration`, { version: 2 }),
      await admin.post(`${at}/chart-code`),
      await laboratory.post('/api/v1/lab-results', {
        ...{ patient_id: patient.uuid, test_name: 'Glycémie', result: '1 g/L', result_date: '2026-03-02T10:15:00Z' },
      }),
    ]
    assert.deepEqual(
      answers.map((answer) => [answer.status(), answer.body().code]),
      Array(answers.length).fill([410, 'patient_erased'])
    )
  })

  test('is in no list and no search, and keeps none from being answered', async ({ client, assert }) => {
    const { patient, doctor, lab } = await aFullChart()
    const kept = await patientOf(doctor)
    const [treating, admin] = [await apiCaller(client, doctor), await apiCallerWith(client, 'admin')]
    const laboratory = await apiCaller(client, lab)
    await erase(patient)
    const lists = [
      await treating.get(`${PATIENTS}?limit=100`),
      await admin.get(`${PATIENTS}?retired=true&limit=100&sort=-updated_at`),
      await admin.get(`${PATIENTS}/search?mrn=${patient.mrn}`),
      await admin.get(`${PATIENTS}/search?name=erased`),
      await admin.get(`${PATIENTS}/search?dob=1900-01-01`),
      await treating.get('/api/v1/consultations?include=addenda,prescriptions,patient'),
      await admin.get('/api/v1/consultations?limit=100&include=addenda,patient'),
      await admin.get('/api/v1/lab-results?limit=100&include=addenda,patient'),
      await laboratory.get('/api/v1/lab-results?limit=100'),
      await treating.get(`/api/v1/doctors/${doctor.uuid}/patients`),
    ]
    for (const list of lists) {
      assert.equal(list.status(), 200, list.text())
      assert.notInclude(JSON.stringify(list.body()), patient.uuid)
    }
    assert.include(JSON.stringify(lists[0]!.body()), kept.uuid)
  })

  test('leaves the emergency to its reviewer, without the reason', async ({ client, assert }) => {
    const { patient } = await aFullChart()
    await erase(patient)
    const admin = await apiCallerWith(client, 'admin')
    const { data } = (await admin.get('/api/v1/alerts?limit=100')).body()
    const alert = data.find((each: any) => each.patient?.id === patient.uuid)
    assert.deepInclude(alert, { kind: 'emergency_access', reason: null })
    assert.equal((await admin.post(`/api/v1/alerts/${alert.id}/review`)).status(), 200)
  })

  test('still has an audit: who opened the chart, and who was told that it is gone', async ({ client, assert }) => {
    const { patient, doctor } = await aFullChart()
    const treating = await apiCaller(client, doctor)
    await treating.get(`${PATIENTS}/${patient.uuid}`)
    await erase(patient)
    await treating.get(`${PATIENTS}/${patient.uuid}`)
    const admin = await apiCallerWith(client, 'admin')
    const { data } = (await admin.get(`${PATIENTS}/${patient.uuid}/accesses?limit=100`)).body()
    const told = data.map(({ action, outcome }: any) => `${action} ${outcome}`)
    assert.includeMembers(told, ['patients.open done', 'patients.open refused', 'patients.erase done'])
  })

  test('can be registered again with the same national id, as somebody new', async ({ assert }) => {
    const national_id = someDigits()
    const patient = await somePatient({ national_id })
    await erase(patient)
    const again = await registerPatient(callerOf(), aPatient({ national_id }))
    assert.notEqual(again.uuid, patient.uuid)
  })

  test('is forgotten by devices, and what they still bring is refused', async ({ client, assert }) => {
    const doctor = await someone('doctor')
    const [patient, kept] = [await patientOf(doctor), await patientOf(doctor)]
    const device = await deviceAt(doctor)
    await erase(patient)
    assert.isTrue((await device.pull({ scopes_digest: digest(patient.uuid, kept.uuid) })).scopesDiffer)
    const pulled = await device.pull({ scopes: [patient.uuid, kept.uuid] })
    assert.deepEqual([pulled.purgeScopes, pulled.addScopes, pulled.changes], [[patient.uuid], [], []])
    const telephone = await deviceOf(client, doctor)
    const pushed = await telephone.push(aMutation('consultations.record', aConsultation(patient)))
    const [{ status, http_status, problem }] = pushed.results
    assert.deepEqual([status, http_status, problem.code], ['rejected', 410, 'patient_erased'])
  })

  test('does not come back with the export of an old system, whose other rows are taken', async ({ assert }) => {
    const system = await LegacySystem.create()
    const [person, other] = [aPerson({ national_id: someDigits() }), aPerson()]
    await system.write('patients.csv', [person, other])
    const first = await system.import()
    const [{ uuid }] = await recordsOf(first.run_id, 'patient', 'patients')
    await erase({ uuid })
    assert.containsSubset(await system.import(), { created: 0, updated: 0, rejected: 0 })
    const visit = (of: Row, id: string) => ({ id, patient: of.id!, date: '2026-03-02T09:30:00Z', reason: 'Fièvre' })
    await system.write('consultations.csv', [visit(person, 'v1'), visit(other, 'v2')])
    await system.write('patients.csv', [
      { ...person, given_name: 'Encore' },
      { ...other, given_name: 'Oumou' },
    ])
    const again = await system.import()
    assert.containsSubset(again, { created: 1, updated: 1, kept: 0, rejected: 2 })
    const notes = await notesOf(again.run_id)
    assert.sameDeepMembers(
      notes.map(({ file, line, outcome, code }) => [file, line, outcome, code]),
      [
        ['patients.csv', 2, 'rejected', 'patient_erased'],
        ['consultations.csv', 2, 'rejected', 'patient_erased'],
      ]
    )
    assert.equal((await db.from('patients').where('uuid', uuid).firstOrFail()).given_name, 'erased')
  })

  test('keeps the record number, under which another old system brings nobody', async ({ assert }) => {
    const mrn = `E${someDigits()}`
    const patient = await somePatient({ mrn })
    await erase(patient)
    const system = await LegacySystem.create()
    const [person, other] = [aPerson({ mrn }), aPerson({ mrn: `E${someDigits()}` })]
    await system.write('patients.csv', [person, other])
    const rejects = system.path('rejected.csv')
    const report = await system.import({
      rejects,
      sentence: ({ code, params }) => rowSentence(code, params ?? {}, 'fr'),
    })
    assert.containsSubset(report, { rows_read: 2, created: 1, rejected: 1 })
    assert.containsSubset(await notesOf(report.run_id), [
      { file: 'patients.csv', line: 2, code: 'patient_erased', column: 'mrn' },
    ])
    const reasons = await readFile(system.path('rejected.reasons.csv'), 'utf8')
    assert.include(reasons, 'Ce patient a été effacé ici')
    assert.lengthOf(await db.from('patients').where('mrn', mrn), 1)
    assert.lengthOf(await db.from('patients').where('mrn', other.mrn!), 1)
  })
})
