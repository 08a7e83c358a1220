import { test } from '@japa/runner'
import { assignDoctor, unassignDoctor } from '#app/doctors/assign_doctor'
import { newUuid } from '#app/core/ids'
import { retirePatient } from '#app/patients/retire_patient'
import { grant } from '#app/users/change_grants'
import { createUser } from '#app/users/create_user'
import { disableUser } from '#app/users/disable_user'
import type User from '#app/users/user'
import { callerOf, someone } from '#tests/acting'
import { apiCaller, apiCallerWith, type ApiCaller } from '#tests/functional/api_caller'
import { patientOf } from '#tests/functional/charts/some_chart'
import { auditOf } from '#tests/functional/core/probe'
import { someWord } from '#tests/functional/patients/some_patient'

const DOCTORS = '/api/v1/doctors'
const at = ({ uuid }: { uuid: string }) => `${DOCTORS}/${uuid}`

function named(name: string, ...roles: string[]): Promise<User> {
  return createUser(callerOf(), { name, roles })
}

async function idsOf(api: ApiCaller, query: string): Promise<string[]> {
  const answer = await api.get(`${DOCTORS}?${query}`)
  if (answer.status() !== 200) throw new Error(answer.text())
  return answer.body().data.map(({ id }: { id: string }) => id)
}

test.group('A clinician', () => {
  test('who is none is not found, nor their patients', async ({ client, assert }) => {
    const api = await apiCallerWith(client, 'reception')
    const nobodies = [
      await someone('reception'),
      await someone('lab'),
      await someone('admin'),
      await someone('patient'),
    ]
    for (const { uuid } of [...nobodies, await someone(), { uuid: newUuid() }])
      for (const path of [at({ uuid }), `${at({ uuid })}/patients`]) assert.equal((await api.get(path)).status(), 404)
  })

  test('is not shown to patients, nor to anybody without a role', async ({ client, assert }) => {
    const doctor = await someone('doctor')
    for (const roles of [['patient'], []]) {
      const api = await apiCallerWith(client, ...roles)
      for (const path of [DOCTORS, at(doctor), `${at(doctor)}/patients`, `${at(doctor)}/patients?ended=true`]) {
        const answer = await api.get(path)
        assert.deepEqual([answer.status(), answer.body().code], [403, 'forbidden'], path)
        assert.deepEqual(
          (await auditOf(answer.requestId)).map(({ outcome }) => outcome),
          ['refused']
        )
      }
    }
  })

  test('is shown with roles and address, and in the language that they read', async ({ client, assert }) => {
    const doctor = await createUser(callerOf(), {
      name: 'Dr Awa Sow',
      email: `sow-${newUuid()}@example.org`,
      roles: ['nurse', 'doctor'],
      language: 'en',
    })
    const answer = await (await apiCallerWith(client, 'lab')).get(at(doctor))
    const { uuid: id, name, email } = doctor
    assert.deepEqual(answer.body(), {
      data: { id, name, roles: ['doctor', 'nurse'], email, language: 'en', patients: null },
    })
    assert.deepInclude((await auditOf(answer.requestId))[0], {
      action: 'doctors.open',
      entity: 'user',
      entity_uuid: id,
      outcome: 'done',
    })
  })

  test('has as many patients as are in their care, for themself and whoever sees everyone', async ({
    client,
    assert,
  }) => {
    const doctor = await apiCallerWith(client, 'doctor')
    const [left, retired] = [await patientOf(doctor.user), await patientOf(doctor.user)]
    await patientOf(doctor.user)
    await patientOf(doctor.user, await someone('doctor'))
    await unassignDoctor(callerOf(), { doctor_id: doctor.user.uuid, patient_id: left.uuid })
    await retirePatient(callerOf(), { id: retired.uuid, version: 1 })
    const counts: Record<string, number | null> = {}
    counts.self = (await doctor.get(at(doctor.user))).body().data.patients
    for (const role of ['admin', 'reception', 'doctor', 'nurse', 'lab'])
      counts[role] = (await (await apiCallerWith(client, role)).get(at(doctor.user))).body().data.patients
    assert.deepEqual(counts, { self: 2, admin: 2, reception: 2, doctor: null, nurse: null, lab: null })
  })

  test('who treats by a permission of their own is one, and sees their page whatever their roles', async ({
    client,
    assert,
  }) => {
    const word = someWord()
    const midwife = await named(word, 'patient')
    const api = await apiCallerWith(client, 'reception')
    assert.equal((await api.get(at(midwife))).status(), 404)
    await grant(callerOf(), { user: midwife.uuid, permission: 'patients.treat' })
    assert.equal((await api.get(at(midwife))).status(), 200)
    assert.deepEqual(await idsOf(api, `name=${word}`), [midwife.uuid])
    const own = await apiCaller(client, midwife)
    assert.deepEqual((await own.get(at(midwife))).body().data.patients, 0)
    assert.equal((await own.get(DOCTORS)).status(), 403)
  })

  test('who has left is no longer listed, and still known to whoever reads an old chart', async ({
    client,
    assert,
  }) => {
    const word = someWord()
    const [leaving, staying] = [await named(`Dr ${word} A`, 'doctor'), await named(`Dr ${word} B`, 'doctor')]
    const api = await apiCallerWith(client, 'reception')
    assert.deepEqual(await idsOf(api, `name=${word}`), [leaving.uuid, staying.uuid])
    await disableUser(callerOf(), { user: leaving.uuid })
    assert.deepEqual(await idsOf(api, `name=${word}`), [staying.uuid])
    assert.equal((await api.get(at(leaving))).status(), 200)
  })
})

test.group('The list of clinicians', () => {
  test('refuses odd words, and another list’s cursor', async ({ client, assert }) => {
    const api = await apiCallerWith(client, 'reception')
    const cursor = (await api.get('/api/v1/patients?limit=1')).body().meta.next_cursor ?? 'e30'
    for (const query of ['limit=0', 'limit=101', 'role=Doctor', 'nmae=x', 'name=', `cursor=${cursor}`, 'fields=email'])
      assert.equal((await api.get(`${DOCTORS}?${query}`)).status(), 422, query)
  })

  test('has nurses and doctors and nobody else, once each, with their roles', async ({ client, assert }) => {
    const word = someWord()
    const [a, b] = [await named(`${word} A`, 'doctor', 'nurse'), await named(`${word} B`, 'nurse')]
    for (const role of ['reception', 'lab', 'admin', 'patient']) await named(`${word} C`, role)
    const answer = await (await apiCallerWith(client, 'nurse')).get(`${DOCTORS}?name=${word}`)
    assert.deepEqual(answer.body(), {
      data: [
        { id: a.uuid, name: `${word} A`, roles: ['doctor', 'nurse'] },
        { id: b.uuid, name: `${word} B`, roles: ['nurse'] },
      ],
      meta: { next_cursor: null },
    })
    const [row] = await auditOf(answer.requestId)
    assert.equal(row!.action, 'doctors.list')
  })

  test('finds the beginning of any word of a name, whatever accents and case', async ({ client, assert }) => {
    const word = someWord()
    const { uuid } = await named(`Dr Éloïse N’Diaye-${word}`, 'doctor')
    const other = await named(`Dr Eloi ${word}`, 'nurse')
    const api = await apiCallerWith(client, 'reception')
    for (const name of [
      `eloise ${word}`,
      `ÉLOÏSE ${word}`,
      `ndiaye ${word}`,
      `${word.slice(0, -1)} eloïs`,
      `N'Diaye-${word}`,
    ])
      assert.deepEqual(await idsOf(api, `name=${encodeURIComponent(name)}`), [uuid], name)
    assert.sameMembers(await idsOf(api, `name=elo%20${word}`), [uuid, other.uuid])
    for (const name of [`loise ${word}`, `eloise ${word}x`, `_loise ${word}`, '-', '%25'])
      assert.deepEqual(await idsOf(api, `name=${name}`), [], name)
  })

  test('keeps those of one role', async ({ client, assert }) => {
    const word = someWord()
    const [doctor, nurse] = [await named(`${word} A`, 'doctor'), await named(`${word} B`, 'nurse')]
    await named(`${word} C`, 'reception')
    const api = await apiCallerWith(client, 'reception')
    assert.deepEqual(await idsOf(api, `name=${word}&role=doctor`), [doctor.uuid])
    assert.deepEqual(await idsOf(api, `name=${word}&role=nurse`), [nurse.uuid])
    for (const role of ['reception', 'nobody']) assert.deepEqual(await idsOf(api, `name=${word}&role=${role}`), [])
  })

  test('comes in pages that neither repeat nor lose anybody, namesakes too', async ({ client, assert }) => {
    const word = someWord()
    const uuids: string[] = []
    for (const name of ['B', 'A', 'A', 'a', 'À', 'C', 'A']) uuids.push((await named(`${word} ${name}`, 'nurse')).uuid)
    const api = await apiCallerWith(client, 'reception')
    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const { data, meta } = (await api.get(`${DOCTORS}?name=${word}&limit=2${cursor && `&cursor=${cursor}`}`)).body()
      seen.push(...data.map(({ id }: { id: string }) => id))
      cursor = meta.next_cursor
    }
    assert.lengthOf(seen, 7)
    assert.sameMembers(seen, uuids)
    assert.deepEqual(seen, await idsOf(api, `name=${word}`))
  })
})

test.group('The patients of a clinician', () => {
  const patients = async (api: ApiCaller, doctor: User, query = '') => {
    const answer = await api.get(`${at(doctor)}/patients${query}`)
    if (answer.status() !== 200) throw new Error(answer.text())
    return answer.body().data as Record<string, string | null>[]
  }

  test('who used to be are only for whoever assigns patients, and for the clinician', async ({ client, assert }) => {
    const doctor = await apiCallerWith(client, 'doctor')
    const statuses: Record<string, number> = {
      self: (await doctor.get(`${at(doctor.user)}/patients?ended=true`)).status(),
    }
    for (const role of ['admin', 'reception', 'doctor', 'nurse', 'lab']) {
      const api = await apiCallerWith(client, role)
      statuses[role] = (await api.get(`${at(doctor.user)}/patients?ended=true`)).status()
    }
    assert.deepEqual(statuses, { self: 200, admin: 200, reception: 200, doctor: 403, nurse: 403, lab: 403 })
  })

  test('are, of those in their care, those whom the caller may open', async ({ client, assert }) => {
    const [doctor, colleague] = [await apiCallerWith(client, 'doctor'), await apiCallerWith(client, 'doctor')]
    const theirs = await patientOf(doctor.user)
    const shared = await patientOf(doctor.user, colleague.user)
    await patientOf(colleague.user)
    const retired = await patientOf(doctor.user)
    await retirePatient(callerOf(), { id: retired.uuid, version: 1 })
    const ids = async (api: ApiCaller) => (await patients(api, doctor.user)).map(({ id }) => id)
    assert.sameMembers(await ids(doctor), [theirs.uuid, shared.uuid])
    assert.sameMembers(await ids(await apiCallerWith(client, 'reception')), [theirs.uuid, shared.uuid])
    assert.deepEqual(await ids(colleague), [shared.uuid])
    for (const role of ['nurse', 'lab']) assert.deepEqual(await ids(await apiCallerWith(client, role)), [], role)
  })

  test('are told apart, with since when they are in care; the audit keeps whom', async ({ client, assert }) => {
    const doctor = await apiCallerWith(client, 'doctor')
    const { uuid: id, mrn, familyName, givenName, sex, dob } = await patientOf(doctor.user)
    const answer = await doctor.get(`${at(doctor.user)}/patients`)
    const [{ assigned_at, ...told }] = answer.body().data
    assert.deepEqual(told, { id, mrn, family_name: familyName, given_name: givenName, sex, dob, ended_at: null })
    assert.approximately(Date.parse(assigned_at), Date.now(), 60_000)
    const [row] = await auditOf(answer.requestId)
    assert.deepInclude(row, { action: 'doctors.list_patients', entity_uuid: doctor.user.uuid })
    assert.deepEqual(JSON.parse(row!.details).uuids, [id])
  })

  test('come in pages by name', async ({ client, assert }) => {
    const doctor = await apiCallerWith(client, 'doctor')
    for (let n = 0; n < 5; n++) await patientOf(doctor.user)
    const all = (await patients(doctor, doctor.user)).map(({ id }) => id)
    const seen: (string | null | undefined)[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const path: string = `${at(doctor.user)}/patients?limit=2${cursor && `&cursor=${cursor}`}`
      const { data, meta } = (await doctor.get(path)).body()
      seen.push(...data.map(({ id }: { id: string }) => id))
      cursor = meta.next_cursor
      if (cursor)
        assert.equal((await doctor.get(`${at(doctor.user)}/patients?ended=true&cursor=${cursor}`)).status(), 422)
    }
    assert.deepEqual(seen, all)
    assert.lengthOf(all, 5)
  })

  test('who left are told once, with the last time; who came back is in care', async ({ client, assert }) => {
    const [doctor, reception] = [await apiCallerWith(client, 'doctor'), await apiCallerWith(client, 'reception')]
    const [twice, back] = [await patientOf(doctor.user), await patientOf(doctor.user)]
    await patientOf(doctor.user)
    const pair = (patient: { uuid: string }) => ({ doctor_id: doctor.user.uuid, patient_id: patient.uuid })
    for (const patient of [twice, back]) {
      await unassignDoctor(callerOf(), pair(patient))
      await assignDoctor(callerOf(), pair(patient))
    }
    const last = await unassignDoctor(callerOf(), pair(twice))
    const ended = await patients(reception, doctor.user, '?ended=true')
    assert.deepEqual(
      ended.map(({ id, assigned_at, ended_at }) => [id, assigned_at, ended_at]),
      [[twice.uuid, last.assignedAt.toISOString(), last.endedAt!.toISOString()]]
    )
    assert.lengthOf(await patients(reception, doctor.user, '?ended=false'), 2)
    assert.deepEqual(await patients(doctor, doctor.user, '?ended=true'), [], 'whom they may open no more')
  })
})
