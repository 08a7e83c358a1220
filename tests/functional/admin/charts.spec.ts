import db from '@adonisjs/lucid/services/db'
import type { LucidModel } from '@adonisjs/lucid/types/model'
import { test } from '@japa/runner'
import { RESOURCES } from '#admin/resources'
import EmergencyAccess from '#app/alerts/emergency_access'
import Addendum from '#app/charts/addendum'
import Consultation from '#app/consultations/consultation'
import { assignDoctor } from '#app/doctors/assign_doctor'
import LabResult from '#app/labs/lab_result'
import Patient from '#app/patients/patient'
import { retirePatient } from '#app/patients/retire_patient'
import Prescription from '#app/prescriptions/prescription'
import MedicalRecord from '#app/records/medical_record'
import type User from '#app/users/user'
import { callerOf, someone, tokenOf } from '#tests/acting'
import { officeAllowed, officeWith, toldOf, type Office } from '#tests/functional/admin/office'
import { patientOf, someConsultation } from '#tests/functional/charts/some_chart'
import { fullChart } from '#tests/functional/keys/full_chart'
import { someResult, someValidated } from '#tests/functional/labs/some_result'
import { somePatient } from '#tests/functional/patients/some_patient'
import { queriesOf } from '#tests/functional/queries'

const CHARTS = ['consultations', 'medical_records', 'prescriptions', 'lab_results']
const LISTS = ['patients', 'assignments', ...CHARTS]
const REASON = { reason: 'Demandé par la direction' }

/** Where a list of the resource finds this patient. */
const narrowed = (resource: string, { mrn }: Patient) =>
  `${resource === 'patients' ? 'filters.mrn' : 'filters.patient'}=${encodeURIComponent(mrn)}`

interface Changed {
  patient: Patient
  retired: Patient
  doctor: User
  other: User
  assignment: string
}

/** A patient whom one doctor treats, who has an account, and another who is retired. */
async function somethingToChange(): Promise<Changed> {
  const [doctor, other, owner] = [await someone('doctor'), await someone('doctor'), await someone('patient')]
  const patient = await patientOf(doctor)
  await Patient.query().where('id', patient.id).update({ user_id: owner.id })
  const retired = await somePatient()
  await retirePatient(callerOf(), { id: retired.uuid, version: retired.version })
  const { uuid } = await db.from('doctor_patient').where('patient_id', patient.id).firstOrFail()
  return { patient, retired, doctor, other, assignment: uuid }
}

/** All that an action here could change. */
async function standOf({ patient, retired }: Changed) {
  const rows = await db.from('patients').whereIn('id', [patient.id, retired.id]).orderBy('id')
  const care = await db.from('doctor_patient').where('patient_id', patient.id).orderBy('id')
  return JSON.stringify([
    rows.map(({ retired_at, user_id, version }) => [retired_at, user_id, version]),
    care.map(({ doctor_id, is_open }) => [doctor_id, is_open]),
  ])
}

/** Each action: where it is, what is typed, and what it is called in the audit. */
const ACTIONS: [path: (of: Changed) => string, typed: (of: Changed) => Record<string, string>, told: string][] = [
  [({ patient }) => `patients/records/${patient.uuid}/assign`, choice, 'patients.assign_doctor'],
  [() => 'assignments/actions/assign', (of) => ({ ...choice(of), mrn: of.patient.mrn }), 'patients.assign_doctor'],
  [({ assignment }) => `assignments/records/${assignment}/end`, () => REASON, 'patients.unassign_doctor'],
  [({ patient }) => `patients/records/${patient.uuid}/unlink_account`, () => REASON, 'links.unlink_account'],
  [({ patient }) => `patients/records/${patient.uuid}/retire`, () => REASON, 'patients.retire'],
  [({ retired }) => `patients/records/${retired.uuid}/restore`, () => REASON, 'patients.restore'],
]

function choice({ other }: Changed): Record<string, string> {
  return { doctor: other.uuid }
}

async function rowOf(office: Office, resource: string, patient: Patient) {
  const { body } = await office.list(resource, narrowed(resource, patient))
  return body.records![0]!
}

async function idsOf(office: Office, resource: string, query: string) {
  const { body } = await office.list(resource, `perPage=100&${query}`)
  return body.records!.map(({ id }) => id)
}

test.group('Patients and charts in the back office: refused', () => {
  for (const role of ['doctor', 'nurse', 'lab', 'reception', 'patient'])
    test(`every list, detail and action is refused to the role ${role}, and changes nothing`, async ({ assert }) => {
      const changed = await somethingToChange()
      const office = await officeWith(role)
      const before = await standOf(changed)
      for (const resource of LISTS) {
        assert.equal((await office.list(resource)).status, 403, resource)
        assert.equal((await office.show(resource, changed.patient.uuid)).status, 403, resource)
      }
      for (const [path, typed] of ACTIONS) {
        const answer = await office.act(path(changed), typed(changed))
        assert.deepEqual([answer.status, answer.body.code], [403, 'forbidden'], path(changed))
        const told = await toldOf(answer)
        assert.deepEqual(
          told.map(({ outcome, details }) => [outcome, details.code]),
          [['refused', 'forbidden']]
        )
      }
      assert.equal(await standOf(changed), before)
    })

  test('who may enter and no more sees no list, no row and no choice of doctors', async ({ assert }) => {
    const chart = await fullChart()
    const admin = await officeWith('admin')
    const office = await officeAllowed()
    for (const resource of LISTS) {
      const { id } = await rowOf(admin, resource, chart)
      for (const answer of [await office.list(resource), await office.show(resource, id)]) {
        assert.deepEqual([answer.status, answer.body.code], [403, 'forbidden'], resource)
        assert.equal((await toldOf(answer)).at(-1)!.outcome, 'refused')
      }
    }
    const opened = await office.open('assignments/actions/assign')
    assert.equal(opened.body.problem, 'forbidden')
    assert.notProperty(opened.body, 'offers')
  })

  test('who may see every patient sees no chart, and changes no patient', async ({ assert }) => {
    const changed = await somethingToChange()
    const office = await officeAllowed('patients.view_any', 'doctors.view')
    assert.equal((await office.list('patients')).status, 200)
    for (const resource of LISTS.slice(1)) assert.equal((await office.list(resource)).status, 403, resource)
    const before = await standOf(changed)
    for (const [path, typed, told] of ACTIONS) {
      const answer = await office.act(path(changed), typed(changed))
      const refusal = (await toldOf(answer)).at(-1)!
      // A row that may not be seen is refused before.
      const isUnseen = path(changed).startsWith('assignments/records')
      assert.equal(refusal.outcome, 'refused', told)
      if (isUnseen) assert.equal(answer.status, 403)
      else assert.deepEqual([answer.body.problem, refusal.action], ['forbidden', told])
    }
    assert.equal(await standOf(changed), before)
  })

  test('who may assign doctors and not see every patient does not see who treats whom', async ({ assert }) => {
    const office = await officeAllowed('patients.assign_doctor')
    assert.equal((await office.list('assignments')).status, 403)
  })

  test('who may not assign is not told whether a number is a patient’s', async ({ assert }) => {
    const [office, doctor, patient] = [await officeAllowed(), await someone('doctor'), await somePatient()]
    for (const mrn of [patient.mrn, 'ZZZZZ-ZZZZZ-Z']) {
      const { body } = await office.act('assignments/actions/assign', { mrn, doctor: doctor.uuid })
      assert.equal(body.problem, 'forbidden', mrn)
    }
  })

  test('what takes something from somebody asks why', async ({ assert }) => {
    const changed = await somethingToChange()
    const office = await officeWith('admin')
    const before = await standOf(changed)
    for (const [path, typed] of ACTIONS.filter(([, of]) => of(changed).reason)) {
      const { reason: _, ...without } = typed(changed)
      const answer = await office.act(path(changed), without)
      assert.property(answer.body.fields, 'reason', path(changed))
    }
    assert.equal(await standOf(changed), before)
  })

  test('nobody is assigned twice, who treats nobody is not assigned, nor anybody to a number that is no patient’s', async ({
    assert,
  }) => {
    const changed = await somethingToChange()
    const { patient, doctor } = changed
    const office = await officeWith('admin')
    const before = await standOf(changed)
    const asked = async (typed: Record<string, string>) =>
      (await office.act('assignments/actions/assign', typed)).body.problem
    assert.equal(await asked({ mrn: patient.mrn, doctor: doctor.uuid }), 'already_assigned')
    assert.equal(await asked({ mrn: patient.mrn, doctor: (await someone('reception')).uuid }), 'not_a_clinician')
    assert.equal(await asked({ mrn: 'ZZZZZ-ZZZZZ-Z', doctor: doctor.uuid }), 'not_found')
    assert.equal(await standOf(changed), before)
  })
})

test.group('Patients and charts in the back office', () => {
  test('an administrator does each action, which is in the audit with its reason', async ({ assert }) => {
    const office = await officeWith('admin')
    for (const [path, typed, action] of ACTIONS) {
      const changed = await somethingToChange()
      const before = await standOf(changed)
      const answer = await office.act(path(changed), typed(changed))
      assert.equal(answer.body.notice?.type, 'success', `${path(changed)}: ${answer.body.notice?.message}`)
      assert.notEqual(await standOf(changed), before, path(changed))
      const told = (await toldOf(answer)).find((entry) => entry.action === action)
      const { via, reason } = told?.details ?? {}
      assert.deepEqual([told?.outcome, via, reason], ['done', 'admin', typed(changed).reason], path(changed))
    }
  })

  test('who is assigned opens the chart in the API with the next request, and no longer once it is ended', async ({
    assert,
  }) => {
    const [office, doctor, patient] = [await officeWith('admin'), await someone('doctor'), await somePatient()]
    const headers = { authorization: `Bearer ${await tokenOf(doctor)}` }
    const opened = async () => {
      const address = `http://127.0.0.1:${process.env.PORT}/api/v1/patients/${patient.uuid}`
      return (await fetch(address, { headers })).status
    }
    assert.equal(await opened(), 403)
    const typed = { mrn: ` ${patient.mrn.toLowerCase()}`, doctor: doctor.uuid }
    assert.equal((await office.act('assignments/actions/assign', typed)).body.notice?.type, 'success')
    assert.equal(await opened(), 200)
    const { id } = await rowOf(office, 'assignments', patient)
    assert.equal((await office.act(`assignments/records/${id}/end`, REASON)).body.notice?.type, 'success')
    assert.equal(await opened(), 403)
    const { body } = await office.show('assignments', id)
    assert.deepInclude(body.record!.params, { state: 'ended', ended_by: office.user.name })
  })

  test('the form of an assignment offers those who treat patients, by name', async ({ assert }) => {
    const office = await officeWith('admin')
    const [nurse, lab, gone, patient] = [
      await someone('nurse'),
      await someone('lab'),
      await someone('doctor'),
      await somePatient(),
    ]
    await db
      .from('users')
      .where('id', gone.id)
      .update({ disabled_at: new Date(0) })
    for (const path of ['assignments/actions/assign', `patients/records/${patient.uuid}/assign`]) {
      const { doctor } = (await office.open(path)).body.offers as { doctor: { value: string; text: string }[] }
      assert.deepInclude(doctor, { value: nurse.uuid, text: nurse.name })
      const offered = doctor.map(({ value }) => value)
      assert.notInclude(offered, lab.uuid)
      assert.notInclude(offered, gone.uuid)
    }
  })

  test('clinicians of the same name are told apart where one is chosen', async ({ assert }) => {
    const [office, one, other] = [await officeWith('admin'), await someone('doctor'), await someone('nurse')]
    await db.from('users').whereIn('id', [one.id, other.id]).update({ name: 'Awa Homonyme' })
    await db.from('users').where('id', other.id).update({ email: null })
    const { doctor } = (await office.open('assignments/actions/assign')).body.offers as { doctor: object[] }
    assert.deepInclude(doctor, { value: one.uuid, text: `Awa Homonyme (${one.email})` })
    assert.deepInclude(doctor, { value: other.uuid, text: `Awa Homonyme (${other.uuid})` })
  })

  test('no word of a chart, nor what reaches the patient, is in any list or detail', async ({ assert }) => {
    const patient = await fullChart()
    const office = await officeWith('admin')
    const words = await wordsOf(patient)
    assert.isAtLeast(words.length, 20)
    for (const resource of LISTS) {
      const list = await office.list(resource, narrowed(resource, patient))
      assert.isAbove(list.body.records!.length, 0, resource)
      const details = await Promise.all(list.body.records!.map(({ id }) => office.show(resource, id)))
      for (const { status, body } of [list, ...details]) {
        assert.equal(status, 200, resource)
        const text = JSON.stringify(body)
        assert.include(text, patient.mrn, resource)
        for (const word of words) assert.notInclude(text, word, resource)
      }
    }
  })

  test('the audit keeps the uuids of each page, and of whose chart a row is', async ({ assert }) => {
    const patient = await fullChart()
    const office = await officeWith('admin')
    for (const [resource, domain] of [
      ['patients', 'patients'],
      ['assignments', 'assignments'],
      ['consultations', 'consultations'],
      ['medical_records', 'records'],
      ['prescriptions', 'prescriptions'],
      ['lab_results', 'labs'],
    ]) {
      const list = await office.list(resource!, narrowed(resource!, patient))
      const uuids = list.body.records!.map(({ id }) => id)
      const [told, ...others] = await toldOf(list)
      assert.lengthOf(others, 0)
      assert.deepInclude(told, { action: `${domain}.browse`, outcome: 'done' })
      assert.deepInclude(told!.details, { via: 'admin', uuids })
      const shown = await office.show(resource!, uuids[0]!)
      const entry = await db.from('audit_logs').where('request_id', shown.requestId).firstOrFail()
      assert.deepEqual(
        [entry.action, entry.entity_uuid, entry.patient_uuid],
        [`${domain}.open_row`, uuids[0], patient.uuid]
      )
    }
  })

  test('patients are narrowed by number, by how the family name begins, by birth and by state', async ({ assert }) => {
    const office = await officeWith('admin')
    const patient = await somePatient({ family_name: 'Ñdéye-Zié', given_name: 'Awa', dob: '1931-05-06' })
    const retired = await somePatient({ family_name: 'Ndeye Zie', given_name: 'Ba', dob: '1931-05-06' })
    await retirePatient(callerOf(), { id: retired.uuid, version: retired.version })
    const found = (query: string) => idsOf(office, 'patients', query)
    assert.deepEqual(await found(`filters.mrn=${patient.mrn.toLowerCase()}`), [patient.uuid])
    assert.sameMembers(await found('filters.family_name=NDEYE z'), [patient.uuid, retired.uuid])
    assert.deepEqual(await found('filters.family_name=%25'), [])
    assert.deepEqual(await found('filters.family_name=Awa'), [])
    const born = 'filters.dob~~from=1931-05-06&filters.dob~~to=1931-05-06'
    assert.sameMembers(await found(born), [patient.uuid, retired.uuid])
    assert.deepEqual(await found(`${born}&filters.state=active`), [patient.uuid])
    assert.deepEqual(await found(`${born}&filters.state=retired`), [retired.uuid])
    assert.deepEqual(await found(`${born}&filters.state=merged`), [])
    await Patient.query().where('id', retired.id).update({ merged_into_id: patient.id })
    assert.deepEqual(await found(`${born}&filters.state=merged`), [retired.uuid])
    const { body } = await office.show('patients', retired.uuid)
    assert.deepInclude(body.record!.params, { state: 'merged', merged_into: patient.mrn })
  })

  test('a patient’s lists are narrowed by clinician, state and period', async ({ assert }) => {
    const office = await officeWith('admin')
    const doctor = await someone('doctor')
    const patient = await patientOf(doctor)
    const early = await someConsultation(doctor, patient, { date: '2025-01-02T08:00:00Z', status: 'finished' })
    const late = await someConsultation(doctor, patient, { date: '2026-01-02T08:00:00Z', status: 'planned' })
    const of = (more: string) => idsOf(office, 'consultations', `${narrowed('consultations', patient)}&${more}`)
    assert.deepEqual(await of(''), [late.uuid, early.uuid])
    assert.deepEqual(await of('filters.status=finished'), [early.uuid])
    assert.deepEqual(await of('filters.date~~from=2025-06-01T00:00:00Z'), [late.uuid])
    assert.deepEqual(await of('filters.date~~to=2025-06-01T00:00:00Z'), [early.uuid])
    assert.deepEqual(await of(`filters.clinician=${encodeURIComponent(doctor.name)}`), [late.uuid, early.uuid])
    assert.deepEqual(await of('filters.clinician=%25'), [])
    const lab = await someone('lab')
    const [entered, validated] = [await someResult(lab, patient), await someValidated(lab, patient)]
    const results = (more: string) => idsOf(office, 'lab_results', `${narrowed('lab_results', patient)}&${more}`)
    assert.deepEqual(await results('filters.status=final'), [validated.uuid])
    assert.sameMembers(await results(''), [entered.uuid, validated.uuid])
    const care = (more: string) => idsOf(office, 'assignments', `${narrowed('assignments', patient)}&${more}`)
    assert.lengthOf(await care('filters.state=open'), 1)
    assert.lengthOf(await care('filters.state=ended'), 0)
    assert.lengthOf(await care('filters.since~~to=2020-01-01T00:00:00Z'), 0)
  })

  test('an administrator who is a patient of the clinic finds no result of their own that is not released', async ({
    assert,
  }) => {
    const office = await officeWith('admin')
    const [patient, lab] = [await somePatient(), await someone('lab')]
    await Patient.query().where('id', patient.id).update({ user_id: office.user.id })
    const [hidden, released] = [await someResult(lab, patient), await someValidated(lab, patient)]
    assert.deepEqual(await idsOf(office, 'lab_results', narrowed('lab_results', patient)), [released.uuid])
    assert.equal((await office.show('lab_results', hidden.uuid)).status, 404)
  })

  test('nothing of an erased patient is listed, and a row of theirs is gone', async ({ assert }) => {
    const patient = await fullChart()
    const office = await officeWith('admin')
    const rows = await Promise.all(LISTS.map(async (id) => [id, (await rowOf(office, id, patient)).id] as const))
    await Patient.query().where('id', patient.id).update({ erased_at: new Date(), retired_at: new Date() })
    for (const [resource, id] of rows) {
      assert.deepEqual(await idsOf(office, resource, narrowed(resource, patient)), [], resource)
      assert.equal((await office.show(resource, id)).status, 410, resource)
    }
  })

  test('no list reads all patients to leave out those who are erased', async ({ assert }) => {
    await fullChart()
    const caller = callerOf(await someone('admin'))
    for (const { id, browse } of RESOURCES.filter(({ id: own }) => LISTS.slice(1).includes(own))) {
      const queries = await queriesOf(() => browse(caller, { offset: 0, limit: 25 }))
      const asking = queries.filter(({ sql }) => sql.includes(' gone '))
      assert.lengthOf(asking, 2, id)
      for (const { sql, bindings } of asking) {
        const [plan] = await db.rawQuery(`explain ${sql}`, bindings as string[])
        const gone = (plan as { table: string; type: string }[]).filter(({ table }) => table === 'gone')
        assert.deepEqual([...new Set(gone.map(({ type }) => type))], ['eq_ref'], id)
      }
    }
  }).skip(db.primaryConnectionName === 'sqlite', 'only MariaDB would read them all')

  test('a patient is shown with who treats them, and is assigned another', async ({ assert }) => {
    const { patient, doctor, other } = await somethingToChange()
    const office = await officeWith('admin')
    const { params } = (await office.show('patients', patient.uuid)).body.record!
    assert.deepInclude(params, { 'clinicians.0': doctor.name, 'account': 'linked', 'state': 'active' })
    await assignDoctor(callerOf(), { doctor_id: other.uuid, patient_id: patient.uuid })
    const after = (await office.show('patients', patient.uuid)).body.record!.params
    assert.includeMembers([after['clinicians.0'], after['clinicians.1']], [doctor.name, other.name])
  })
})

/** Every text that is sealed in the chart of a patient, and each word of what is structured. */
async function wordsOf({ id, uuid }: Patient): Promise<string[]> {
  const rows = [
    ...(await Patient.query().where('id', id)),
    ...(await Consultation.named(Consultation.query()).where('patient_id', id)),
    ...(await Prescription.named(Prescription.query()).where('patient_id', id)),
    ...(await MedicalRecord.named(MedicalRecord.query()).where('patient_id', id)),
    ...(await LabResult.named(LabResult.query()).where('patient_id', id)),
    ...(await Addendum.named(Addendum.query()).where('addenda.patient_id', id)),
    ...(await EmergencyAccess.query().where('patient_id', id)),
  ]
  const words = rows.flatMap((row) => {
    const columns = [...(row.constructor as LucidModel).$columnsDefinitions]
    return columns.filter(([, { meta }]) => meta?.isEncrypted).flatMap(([name]) => leavesOf(row.$attributes[name]))
  })
  return [...new Set(words)].filter((word) => word.length > 2 && word !== uuid)
}

function leavesOf(value: unknown): string[] {
  if (typeof value === 'string' && /^[[{]/.test(value)) return leavesOf(JSON.parse(value))
  if (value && typeof value === 'object') return Object.values(value).flatMap(leavesOf)
  return value === null || value === undefined ? [] : [String(value)]
}
