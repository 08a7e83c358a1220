import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { assignDoctor } from '#app/doctors/assign_doctor'
import type Patient from '#app/patients/patient'
import { callerOf, someone } from '#tests/acting'
import { apiCallerWith, PATIENTS, type Answer, type ApiCaller } from '#tests/functional/api_caller'
import { auditOf } from '#tests/functional/core/probe'
import { aPatient, somePatient } from '#tests/functional/patients/some_patient'

const ROLES = ['admin', 'doctor', 'nurse', 'lab', 'reception', 'patient'] as const
const RELATIONS = ['own', 'assigned', 'other'] as const
type Role = (typeof ROLES)[number]
type Relation = (typeof RELATIONS)[number]

/** Who may what out of the box, and whose record: every relation, or those that are named. */
type Allowed = Partial<Record<Role, 'any' | Relation[]>>

interface Endpoint {
  allowed: Allowed
  action: string
  call(api: ApiCaller, patient: Patient): Promise<Answer>
}

const at = (patient: Patient) => `${PATIENTS}/${patient.uuid}`
const CLINICIANS: Role[] = ['doctor', 'nurse']

const ENDPOINTS: Record<string, Endpoint> = {
  open: {
    allowed: {
      admin: 'any',
      reception: 'any',
      doctor: ['own', 'assigned'],
      nurse: ['own', 'assigned'],
      lab: ['own'],
      patient: ['own'],
    },
    action: 'patients.open',
    call: (api, patient) => api.get(at(patient)),
  },
  correct: {
    allowed: { admin: 'any', reception: 'any', doctor: ['assigned'] },
    action: 'patients.correct',
    call: (api, patient) => api.patch(at(patient), { version: patient.version, sex: 'male' }),
  },
  retire: {
    allowed: { admin: 'any' },
    action: 'patients.retire',
    call: (api, patient) => api.delete(at(patient), { version: patient.version }),
  },
  restore: {
    allowed: { admin: 'any' },
    action: 'patients.restore',
    async call(api, patient) {
      await db.from('patients').where('id', patient.id).update({ retired_at: '2026-01-01 00:00:00.000' })
      return api.post(`${at(patient)}/restoration`, { version: patient.version })
    },
  },
  assign: {
    allowed: { admin: 'any', reception: 'any' },
    action: 'patients.assign_doctor',
    call: async (api, patient) =>
      api.post(`/api/v1/doctors/${(await someone('doctor')).uuid}/patients/${patient.uuid}`),
  },
  unassign: {
    allowed: { admin: 'any', reception: 'any' },
    action: 'patients.unassign_doctor',
    async call(api, patient) {
      const doctor = await someone('doctor')
      await assignDoctor(callerOf(), { doctor_id: doctor.uuid, patient_id: patient.uuid })
      return api.delete(`/api/v1/doctors/${doctor.uuid}/patients/${patient.uuid}`)
    },
  },
  register: {
    allowed: { admin: 'any', reception: 'any', doctor: 'any', nurse: 'any' },
    action: 'patients.register',
    call: (api) => api.post(PATIENTS, aPatient()),
  },
  search: {
    allowed: { admin: 'any', reception: 'any', doctor: 'any', lab: 'any' },
    action: 'patients.search',
    call: (api, patient) => api.get(`${PATIENTS}/search?mrn=${patient.mrn}`),
  },
}

const mayDo = (allowed: Allowed, role: Role, relation: Relation) => {
  const relations = allowed[role]
  return relations === 'any' || Boolean(relations?.includes(relation))
}

/** A patient who is this person, in their care, or neither. */
async function patientOf({ user }: ApiCaller, relation: Relation): Promise<Patient> {
  const patient = await somePatient()
  if (relation === 'own') await db.from('patients').where('id', patient.id).update({ user_id: user.id })
  if (relation === 'assigned') await assignDoctor(callerOf(), { doctor_id: user.uuid, patient_id: patient.uuid })
  return patient
}

const cases = ROLES.flatMap((role) =>
  RELATIONS.filter((relation) => relation !== 'assigned' || CLINICIANS.includes(role)).map((relation) => ({
    role,
    relation,
  }))
)

test.group('Who may what', () => {
  for (const [name, { allowed, action, call }] of Object.entries(ENDPOINTS)) {
    for (const { role, relation } of cases) {
      const isAllowed = mayDo(allowed, role, relation)
      test(`${role} ${isAllowed ? 'may' : 'may not'} ${name} (${relation} patient)`, async ({ client, assert }) => {
        const api = await apiCallerWith(client, role)
        const answer = await call(api, await patientOf(api, relation))
        const status = answer.status()
        if (isAllowed) assert.include([200, 201], status, answer.text())
        else assert.equal(status, 403, answer.text())
        const rows = await auditOf(answer.requestId)
        const told = rows.map((row) => [row.action, row.outcome, row.http_status, row.user_id, row.role])
        assert.deepEqual(told, [[action, isAllowed ? 'done' : 'refused', status, api.user.id, role]])
        if (!isAllowed) assert.notProperty(answer.body(), 'data')
      })
    }
  }

  for (const { role, relation } of cases) {
    const isShown = mayDo(ENDPOINTS.open!.allowed, role, relation)
    test(`the list of ${role} ${isShown ? 'has' : 'has not'} the ${relation} patient`, async ({ client, assert }) => {
      const api = await apiCallerWith(client, role)
      const patient = await patientOf(api, relation)
      const answer = await api.get(`${PATIENTS}?mrn=${patient.mrn}&count=exact`)
      assert.equal(answer.status(), 200)
      const ids = answer.body().data.map(({ id }: { id: string }) => id)
      assert.deepEqual(ids, isShown ? [patient.uuid] : [])
      assert.equal(answer.body().meta.count, isShown ? 1 : 0)
      const [row] = await auditOf(answer.requestId)
      assert.deepEqual([row!.action, JSON.parse(row!.details).uuids], ['patients.list', ids])
    })
  }

  test('several roles give what each gives', async ({ client, assert }) => {
    const api = await apiCallerWith(client, 'nurse', 'lab')
    const patient = await patientOf(api, 'assigned')
    assert.equal((await api.get(at(patient))).status(), 200)
    assert.equal((await api.get(`${PATIENTS}/search?mrn=${patient.mrn}`)).status(), 200)
  })

  test('somebody without a role may nothing but see that their list is empty', async ({ client, assert }) => {
    const api = await apiCallerWith(client)
    const patient = await somePatient()
    for (const { call } of Object.values(ENDPOINTS)) assert.equal((await call(api, patient)).status(), 403)
    assert.deepEqual((await api.get(PATIENTS)).body().data, [])
  })

  test('an ended assignment opens the chart no more', async ({ client, assert }) => {
    const api = await apiCallerWith(client, 'doctor')
    const patient = await patientOf(api, 'assigned')
    const reception = await apiCallerWith(client, 'reception')
    assert.equal((await api.get(at(patient))).status(), 200)
    await reception.delete(`/api/v1/doctors/${api.user.uuid}/patients/${patient.uuid}`)
    assert.equal((await api.get(at(patient))).status(), 403)
    assert.equal((await api.patch(at(patient), { version: 1, sex: 'male' })).status(), 403)
  })

  test('what a search shows of a stranger is what tells people apart, and no more', async ({ client, assert }) => {
    const api = await apiCallerWith(client, 'lab')
    const patient = await somePatient({ phone: '+221771112233', address: 'Rue 10' })
    const [found] = (await api.get(`${PATIENTS}/search?mrn=${patient.mrn}`)).body().data
    assert.sameMembers(Object.keys(found), ['id', 'mrn', 'family_name', 'given_name', 'sex', 'dob'])
  })
})
