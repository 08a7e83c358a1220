import { setTimeout as sleep } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import type { ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { apiCallerWith, PATIENTS, type Answer, type ApiCaller } from '#tests/functional/api_caller'
import { patientOf, someConsultation } from '#tests/functional/charts/some_chart'
import { auditOf } from '#tests/functional/core/probe'
import { aResult, at as resultAt, someResult } from '#tests/functional/labs/some_result'
import { somePrescription } from '#tests/functional/prescriptions/some_prescription'
import { aNote, at as recordAt, someRecord } from '#tests/functional/records/some_record'

const API = '/api/v1'
const ROUNDS = 3

type Caller = 'doctor' | 'nurse' | 'lab' | 'admin' | 'other'
type Callers = Record<Caller, ApiCaller>
type Change = (caller: ApiCaller) => Promise<Answer>

/** Makes something new, and says who sends what to it. Each is sent twice. */
type Meeting = (callers: Callers) => Promise<[Caller, Change][]>

const ofBoth = (one: Caller, other: Caller, change: Change): [Caller, Change][] => [
  [one, change],
  [other, change],
]

async function aConsultation({ doctor, nurse }: Callers) {
  const consultation = await someConsultation(doctor.user, await patientOf(doctor.user, nurse.user))
  return { consultation, path: `${API}/consultations/${consultation.uuid}` }
}

async function aPrescription(callers: Callers) {
  const { consultation, path } = await aConsultation(callers)
  return `${path}/prescriptions/${(await somePrescription(callers.doctor.user, consultation)).uuid}`
}

const MEETINGS: Record<string, Meeting> = {
  'corrections of a consultation': async (callers) => {
    const { path } = await aConsultation(callers)
    return ofBoth('doctor', 'nurse', ({ user, patch }) => patch(path, { version: 1, notes: user.name }))
  },
  'a correction and a cancellation': async (callers) => {
    const { path } = await aConsultation(callers)
    return [
      ['doctor', ({ post }) => post(`${path}/cancellation`, { version: 1, reason: 'Doublon' })],
      ['nurse', ({ patch }) => patch(path, { version: 1, notes: 'Revu' })],
    ]
  },
  'cancellations': async (callers) => {
    const { path } = await aConsultation(callers)
    return ofBoth('doctor', 'nurse', ({ post }) => post(`${path}/cancellation`, { version: 1, reason: 'Doublon' }))
  },
  'an amendment and a discontinuation': async (callers) => {
    const path = await aPrescription(callers)
    return [
      ['doctor', ({ patch }) => patch(path, { version: 1, dosage: '1 le soir' })],
      ['doctor', ({ post }) => post(`${path}/discontinuation`, { version: 1 })],
    ]
  },
  'amendments of a record': async (callers) => {
    const patient = await patientOf(callers.doctor.user, callers.nurse.user)
    const path = recordAt(await someRecord(callers.doctor.user, aNote(patient)))
    return ofBoth('doctor', 'nurse', ({ user, patch }) => patch(path, { version: 1, description: user.name }))
  },
  'an amendment and a validation': async ({ lab }) => {
    const path = resultAt(await someResult(lab.user, await patientOf()))
    return [
      ['lab', ({ patch }) => patch(path, { version: 1, flag: 'H' })],
      ['lab', ({ post }) => post(`${path}/validation`, { version: 1 })],
    ]
  },
  'corrections of an identity': async () => {
    const path = `${PATIENTS}/${(await patientOf()).uuid}`
    return ofBoth('admin', 'other', ({ user, patch }) => patch(path, { version: 1, given_name: user.name }))
  },
  'ends of an assignment': async ({ doctor }) => {
    const patient = await patientOf(doctor.user)
    const path = `${API}/doctors/${doctor.user.uuid}/patients/${patient.uuid}`
    return ofBoth('admin', 'other', (caller) => caller.delete(path))
  },
  'emergency accesses': async () => {
    const path = `${PATIENTS}/${(await patientOf()).uuid}/emergency-access`
    return ofBoth('doctor', 'doctor', ({ post }) => post(path, { reason: 'Inconsciente' }))
  },
  'reviews of an alert': async ({ doctor }) => {
    const patient = await patientOf()
    await doctor.post(`${PATIENTS}/${patient.uuid}/emergency-access`, { reason: 'Inconsciente' })
    const alert = await db.from('alerts').where('patient_id', patient.id).firstOrFail()
    return ofBoth('admin', 'other', ({ post }) => post(`${API}/alerts/${alert.uuid}/review`))
  },
}

async function callersAt(client: ApiClient): Promise<Callers> {
  const [doctor, nurse, lab] = [
    await apiCallerWith(client, 'doctor'),
    await apiCallerWith(client, 'nurse'),
    await apiCallerWith(client, 'lab'),
  ]
  return {
    doctor,
    nurse,
    lab,
    admin: await apiCallerWith(client, 'admin'),
    other: await apiCallerWith(client, 'admin'),
  }
}

test.group('Of changes of one moment one is made and the others are told', () => {
  for (const [name, meeting] of Object.entries(MEETINGS))
    test(name, async ({ client, assert }) => {
      const callers = await callersAt(client)
      for (let round = 0; round < ROUNDS; round++) {
        const changes = await meeting(callers)
        const answers = await Promise.all([...changes, ...changes].map(([who, change]) => change(callers[who])))
        const refused = answers.filter((answer) => answer.status() >= 300)
        assert.lengthOf(refused, 3, JSON.stringify(answers.map((answer) => answer.body())))
        for (const answer of refused) assert.equal(answer.status(), 409)
        for (const { requestId } of answers) assert.lengthOf(await auditOf(requestId), 1)
      }
    }).timeout(30_000)
})

test.group('While a record is being retired', () => {
  test('nothing new goes into its chart', async ({ client, assert }) => {
    const { doctor, nurse, lab } = await callersAt(client)
    const patient = await patientOf(doctor.user, nurse.user)
    const { uuid } = await someConsultation(doctor.user, patient)
    const patient_id = patient.uuid
    const retiring = await db.transaction()
    await retiring.from('patients').where('id', patient.id).update({ retired_at: '2026-03-01 08:00:00.000' })
    const sent = [
      doctor.post(`${API}/consultations`, { patient_id, date: '2026-03-02T09:30:00Z' }),
      doctor.post(`${API}/consultations/${uuid}/prescriptions`, { medicine: 'Paracétamol' }),
      nurse.post(`${API}/medical-records`, aNote(patient)),
      lab.post(`${API}/lab-results`, aResult(patient)),
    ]
    await Promise.race([sleep(500), ...sent])
    await retiring.commit()
    for (const answer of await Promise.all(sent))
      assert.deepEqual([answer.status(), answer.body().code], [422, 'patient_retired'])
  }).timeout(30_000)
})
