import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import Consultation from '#app/consultations/consultation'
import Prescription from '#app/prescriptions/prescription'
import { ENCRYPTED_COLUMNS, type EncryptedTable } from '#app/keys/encrypted_columns'
import LabResult from '#app/labs/lab_result'
import Patient from '#app/patients/patient'
import MedicalRecord from '#app/records/medical_record'
import { aPerson, aUniqueId, LegacySystem, recordsOf, rowsOf } from '#tests/functional/imports/legacy_system'

const secret = (name: string) => `secret ${name} ${randomUUID()}`

test.group('What an import leaves behind', (group) => {
  let system: LegacySystem
  let runId: string
  const nationalId = aUniqueId()
  const person = aPerson({
    ...{ id: nationalId, national_id: nationalId, phone: '+221771230099', email: 'awa@example.org' },
    address: secret('address'),
  })
  const visit = {
    ...{ id: 'c1', patient: nationalId, date: '2020-01-01', reason: secret('reason'), diagnosis: secret('diagnosis') },
    ...{ diagnosis_code: 'B54', diagnosis_code_system: 'ICD-10', notes: secret('notes') },
  }
  const prescription = {
    id: 'r1',
    consultation: 'c1',
    medicine: secret('medicine'),
    dosage: secret('dosage'),
    route: 'oral',
  }
  const record = {
    id: 'm1',
    patient: nationalId,
    type: 'note',
    description: secret('text'),
    content: `{"a":"${secret('b')}"}`,
  }
  const lab = {
    id: 'l1',
    patient: nationalId,
    test_name: secret('test'),
    result: secret('result'),
    result_date: '2020-01-01',
    flag: 'HH',
  }
  const secrets = [person, visit, prescription, record, lab].flatMap((row) =>
    Object.values(row).flatMap((text) => text.match(/secret [^"]*/g) ?? [])
  )

  group.setup(async () => {
    system = await LegacySystem.create()
    await system.write('patients.csv', [person])
    await system.write('consultations.csv', [visit])
    await system.write('prescriptions.csv', [prescription])
    await system.write('medical_records.csv', [record])
    await system.write('lab_results.csv', [lab, { ...lab, id: 'l2', result: '' }])
    const report = await system.import()
    runId = report.run_id
  })

  const MODELS = {
    patients: ['patient', Patient, person],
    consultations: ['consultation', Consultation, visit],
    prescriptions: ['prescription', Prescription, prescription],
    medical_records: ['medical_record', MedicalRecord, record],
    lab_results: ['lab_result', LabResult, lab],
  } as const

  for (const [table, [entity, model, row]] of Object.entries(MODELS)) {
    test(`${table}: text is ciphertext in the table and opens through the model`, async ({ assert }) => {
      const [stored] = await recordsOf(runId, entity, table)
      const opened = await model.findOrFail(stored.id)
      for (const column of Object.keys(ENCRYPTED_COLUMNS[table as EncryptedTable])) {
        const said = (row as Record<string, string>)[column]
        if (!said) continue
        assert.isTrue(Buffer.isBuffer(stored[column]), column)
        assert.equal(stored[column][0], 0xe1)
        assert.isFalse(stored[column].includes(said))
        assert.equal(opened.$attributes[model.$keys.columnsToAttributes.get(column, column)], said)
      }
    })
  }

  test('neither the audit nor the notes nor the links hold a text or a national id', async ({ assert }) => {
    const links = await rowsOf('select * from import_links')
    const kept = JSON.stringify([
      await rowsOf('select * from audit_logs'),
      await rowsOf('select * from import_notes'),
      await rowsOf('select * from import_runs'),
      links.map((link) => ({ ...link, token: link.token.toString('latin1') })),
    ])
    assert.isAbove(secrets.length, 8)
    for (const text of [...secrets, nationalId]) assert.isFalse(kept.includes(text), text)
  })

  test('one audit entry a batch, with a digest of what it wrote', async ({ assert }) => {
    const entries = await rowsOf(
      "select * from audit_logs where action = 'imports.write' and entity_uuid = ? order by id",
      [runId]
    )
    assert.lengthOf(entries, 5)
    for (const { details, outcome, entity } of entries) {
      const said = typeof details === 'string' ? JSON.parse(details) : details
      assert.match(said.digest, /^[0-9a-f]{64}$/)
      assert.deepEqual([said.rows >= 1, outcome, entity], [true, 'done', 'import_run'])
    }
  })

  test('devices are told once a patient and batch, whatever the batch wrote', async ({ assert }) => {
    const [{ uuid }] = await recordsOf(runId, 'patient', 'patients')
    const changes = () => rowsOf('select entity, op from sync_changes where scope = ? order by id', [uuid])
    assert.deepEqual(await changes(), Array(5).fill({ entity: 'patient', op: 'reload' }))
    const visits = Array.from({ length: 5 }, (_, index) => ({ ...visit, id: `c${index + 1}`, notes: 'changed' }))
    await system.write('consultations.csv', visits)
    await system.import()
    assert.lengthOf(await changes(), 6)
  })

  test('each record knows its run, file and line', async ({ assert }) => {
    const [stored] = await recordsOf(runId, 'lab_result', 'lab_results')
    const [link] = await rowsOf('select file, line, entity from import_links where record_uuid = ?', [stored.uuid])
    assert.deepEqual({ ...link }, { file: 'lab_results.csv', line: 2, entity: 'lab_result' })
  })
})
