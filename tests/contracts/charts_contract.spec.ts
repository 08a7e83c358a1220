import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import type { LucidModel } from '@adonisjs/lucid/types/model'
import Consultation from '#app/consultations/consultation'
import { recordConsultation } from '#app/consultations/record_consultation'
import type { Door } from '#app/core/caller'
import { Problem } from '#app/core/problem'
import LabResult from '#app/labs/lab_result'
import Prescription from '#app/prescriptions/prescription'
import MedicalRecord from '#app/records/medical_record'
import type User from '#app/users/user'
import { callerOf, someone } from '#tests/acting'
import { apiCaller } from '#tests/functional/api_caller'
import { aConsultation, patientOf } from '#tests/functional/charts/some_chart'
import { auditOf } from '#tests/functional/core/probe'
import { aPerson, LegacySystem, recordsOf } from '#tests/functional/imports/legacy_system'
import { somePatient } from '#tests/functional/patients/some_patient'

type Row = Record<string, string>

const CONSULTATION: Row = {
  date: '2024-05-06T07:08:09.000Z',
  reason: 'Fièvre',
  diagnosis: 'Paludisme simple',
  diagnosis_code: 'B54',
  diagnosis_code_system: 'ICD-10',
  notes: 'Deux lignes\nde notes',
  status: 'finished',
  follow_up_on: '2024-05-13',
}
const PRESCRIPTION: Row = {
  medicine: 'Artéméther 20 mg / luméfantrine 120 mg',
  code: 'P01BF01',
  code_system: 'ATC',
  dosage: '4 comprimés',
  route: 'orale',
  duration: '3 jours',
  notes: 'Avec un repas',
  prescribed_at: '2024-05-06T07:10:00.000Z',
}
const RECORD: Row = {
  type: 'allergy',
  description: 'Arachide',
  code: '91935009',
  code_system: 'SNOMED CT',
  occurred_at: '2001-02-03T00:00:00.000Z',
  status: 'active',
  content: '{"severity":"severe","reactions":["urticaire"]}',
}
const RESULT: Row = {
  test_name: 'Hémoglobine',
  result: '12,1 g/dL',
  result_date: '2024-05-06T09:00:00.000Z',
  code: '718-7',
  code_system: 'LOINC',
  value: '12.1',
  unit: 'g/dL',
  reference_range: '12 - 16',
  flag: 'N',
  status: 'preliminary',
}

interface Kind {
  model: LucidModel
  entity: string
  file: string
  row: Row
  role: string
  path: (consultation: string) => string
}

const KINDS: Kind[] = [
  {
    ...{ model: Consultation, entity: 'consultation', file: 'consultations.csv', row: CONSULTATION, role: 'doctor' },
    path: () => '/api/v1/consultations',
  },
  {
    ...{ model: Prescription, entity: 'prescription', file: 'prescriptions.csv', row: PRESCRIPTION, role: 'doctor' },
    path: (consultation) => `/api/v1/consultations/${consultation}/prescriptions`,
  },
  {
    ...{ model: MedicalRecord, entity: 'medical_record', file: 'medical_records.csv', row: RECORD, role: 'doctor' },
    path: () => '/api/v1/medical-records',
  },
  {
    ...{ model: LabResult, entity: 'lab_result', file: 'lab_results.csv', row: RESULT, role: 'lab' },
    path: () => '/api/v1/lab-results',
  },
]

/** Identity, time of writing, and who and whose: these differ between the doors by nature. */
const OWN = ['id', 'uuid', 'created_at', 'updated_at', 'patient_id', 'consultation_id']
const AUTHOR = ['doctor_id', 'prescribed_by', 'performed_by']

/** The row as the model opens it, without what is its own. */
async function columnsOf(model: LucidModel, uuid: string): Promise<Record<string, unknown>> {
  const row = await model.findByOrFail('uuid', uuid)
  const columns = Object.entries(row.$attributes).map(([attribute, value]) => [
    model.$getColumn(attribute)!.columnName,
    value,
  ])
  return Object.fromEntries(columns.filter(([name]) => ![...OWN, ...AUTHOR].includes(String(name))))
}

async function throughTheApi({ row, role, path, entity }: Kind, client: ApiClient): Promise<string> {
  const [doctor, author] = [await someone('doctor'), await someone(role)]
  const patient = await patientOf(...(role === 'doctor' ? [doctor, author] : [doctor]))
  const consultation = await recordConsultation(callerOf(doctor), aConsultation(patient))
  const { status, content, ...rest } = row
  const body = {
    ...rest,
    ...(content && { content: JSON.parse(content) }),
    ...(entity === 'prescription' ? {} : { patient_id: patient.uuid }),
  }
  const answer = await (await apiCaller(client, author)).post(path(consultation.uuid), body)
  if (!answer.body().data) throw new Error(`${entity}: ${answer.text()}, though ${status} would be its state`)
  return answer.body().data.id
}

async function throughAnImport({ file, row, entity, model }: Kind): Promise<string> {
  const system = await LegacySystem.create()
  const person = aPerson()
  await system.write('patients.csv', [person])
  const held = { id: 'c1', patient: person.id!, date: '2024-05-06T07:08:09.000Z', doctor: '' }
  if (entity !== 'consultation') await system.write('consultations.csv', [held])
  const more = { consultation: 'c1', doctor: '', performed_by: '' }
  await system.write(file, [{ ...held, ...more, ...row, id: 'x1' }])
  const report = await system.import()
  const [found] = await recordsOf(report.run_id, entity, model.table)
  return found.uuid
}

test.group('What a chart holds', () => {
  for (const kind of KINDS)
    test(`is the same ${kind.entity} whether it came by the API or by an import`, async ({ client, assert }) => {
      const written = await columnsOf(kind.model, await throughTheApi(kind, client))
      const imported = await columnsOf(kind.model, await throughAnImport(kind))
      assert.deepEqual(imported, written)
      assert.isAbove(Object.values(written).filter((value) => value !== null).length, Object.keys(kind.row).length - 2)
    })
})

/** Refusals of recording a consultation, by name; each door gives the same, and the audit the same action. */
const REFUSED: Record<string, (doctor: User) => Promise<object>> = {
  forbidden: async () => aConsultation(await somePatient()),
  before_birth: async (doctor) => aConsultation(await patientOf(doctor), { date: '1901-01-01T00:00:00Z' }),
  invalid: async (doctor) => aConsultation(await patientOf(doctor), { diagnostic: 'Paludisme' }),
  not_found: async (doctor) => ({ ...aConsultation(await patientOf(doctor)), patient_id: doctor.uuid }),
}

async function codeThrough(via: Door, user: User, input: object, client: ApiClient): Promise<[string, string]> {
  if (via === 'api') {
    const answer = await (await apiCaller(client, user)).post('/api/v1/consultations', input)
    return [answer.body().code, answer.requestId]
  }
  const caller = { ...callerOf(user), via }
  try {
    await recordConsultation(caller, input)
    return ['done', caller.requestId]
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return [error.code, caller.requestId]
  }
}

test.group('A consultation that is refused', () => {
  for (const [code, input] of Object.entries(REFUSED))
    test(`as ${code} is refused so through every door`, async ({ client, assert }) => {
      const doctor = await someone('doctor')
      for (const via of ['api', 'sync', 'job', 'admin'] as const) {
        const [seen, requestId] = await codeThrough(via, doctor, await input(doctor), client)
        assert.equal(seen, code, via)
        const rows = await auditOf(requestId)
        const told = rows.map((row) => [row.action, row.outcome, JSON.parse(row.details).code])
        assert.deepEqual(told, [['consultations.record', 'refused', code]], via)
      }
    })
})
