import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { unassignDoctor } from '#app/doctors/assign_doctor'
import { newUuid } from '#app/core/ids'
import { MUTATIONS } from '#app/sync/protocol'
import { GATES } from '#app/sync/mutation_gates'
import { revoke } from '#app/users/change_grants'
import { OPERATIONS } from '#start/operations'
import { callerOf, someone } from '#tests/acting'
import { aConsultation, patientOf, someConsultation } from '#tests/functional/charts/some_chart'
import { auditOf } from '#tests/functional/core/probe'
import { aPatient } from '#tests/functional/patients/some_patient'
import { aCall, aMutation, deviceOf, statuses } from '#tests/functional/sync/device_caller'

const kept = (id: string) => db.from('sync_mutations').where('mutation_id', id).first()
const consultationsOf = async (id: string) => (await db.from('consultations').where('uuid', id)).length

async function doctorWithDevice(client: Parameters<typeof deviceOf>[0]) {
  const doctor = await someone('doctor')
  return { doctor, device: await deviceOf(client, doctor), patient: await patientOf(doctor) }
}

test.group('A call is refused as a whole', () => {
  test('when its envelope is broken', async ({ client, assert }) => {
    const { device } = await doctorWithDevice(client)
    for (const more of [{ limit: 501 }, { cursor: 7 }, { mutations: 'none' }, { nonsense: 1 }, { scopes: ['x'] }]) {
      const answer = await device.send({ ...aCall(device.uuid, []), ...more })
      assert.deepEqual([answer.status(), answer.body().code], [422, 'invalid'], JSON.stringify(more))
    }
  })

  test('in a protocol that this server does not speak, whatever else it says', async ({ client, assert }) => {
    const { device } = await doctorWithDevice(client)
    const answer = await device.send({ protocol: 2, something: 'new' })
    assert.deepEqual([answer.status(), answer.body().code, answer.body().protocol], [422, 'protocol_unknown', 1])
  })

  test('when it names another device than its credential’s', async ({ client, assert }) => {
    const { device } = await doctorWithDevice(client)
    const answer = await device.send(aCall(newUuid(), []))
    assert.deepEqual([answer.status(), answer.body().code], [422, 'other_device'])
  })

  test('with more than 200 mutations, of which none is done', async ({ client, assert }) => {
    const { device, patient } = await doctorWithDevice(client)
    const many = Array.from({ length: 201 }, () => aMutation('consultations.record', aConsultation(patient)))
    const answer = await device.push(...many)
    assert.deepEqual([answer.status(), answer.body().code, answer.body().most], [422, 'too_many_mutations', 200])
    assert.equal(await consultationsOf(many[0]!.client_generated_uuid), 0)
  })

  test('in a former epoch, before anything is done', async ({ client, assert }) => {
    const { device, patient } = await doctorWithDevice(client)
    const mutation = aMutation('consultations.record', aConsultation(patient))
    const answer = await device.send(aCall(device.uuid, [mutation], { epoch: newUuid() }))
    assert.deepEqual([answer.status(), answer.body().code], [409, 'epoch_changed'])
    assert.equal(await consultationsOf(mutation.client_generated_uuid), 0)
    assert.isNull(await kept(mutation.mutation_id))
  })
})

test.group('A mutation is refused', () => {
  test('by itself when it is malformed: its neighbours are done', async ({ client, assert }) => {
    const { device, patient } = await doctorWithDevice(client)
    const good = aMutation('consultations.record', aConsultation(patient))
    const nameless = { ...aMutation('consultations.record', {}), name: 'consultations.destroy' }
    const answer = await device.push(null, nameless, { mutation_id: 'x' }, good, { ...good, extra: 1 })
    assert.equal(answer.status(), 200)
    assert.deepEqual(statuses(answer.results), ['rejected', 'rejected', 'rejected', 'applied', 'rejected'])
    assert.deepEqual(
      answer.results.map(({ mutation_id }) => mutation_id),
      ['', nameless.mutation_id, 'x', good.mutation_id, good.mutation_id]
    )
    assert.deepEqual(answer.results[1].problem.errors[0].pointer, '/name')
    const told = await auditOf(answer.requestId)
    assert.sameMembers(
      told.map(({ action, outcome }) => `${action} ${outcome}`),
      [...Array(4).fill('sync.push refused'), 'consultations.record done']
    )
  })

  test('by its use-case, with the place of what is wrong, and nothing is kept', async ({ client, assert }) => {
    const { device, patient } = await doctorWithDevice(client)
    const wrong = aMutation('consultations.record', aConsultation(patient, { date: 'yesterday' }))
    const answer = await device.push(wrong)
    const [result] = answer.results
    assert.deepEqual([answer.status(), result.status, result.http_status], [422, 'rejected', 422])
    assert.deepEqual([result.problem.code, result.problem.errors[0].pointer], ['invalid', '/date'])
    assert.isNull(await kept(wrong.mutation_id))
    const [told, ...others] = await auditOf(answer.requestId)
    assert.deepEqual([told!.action, told!.outcome, others], ['consultations.record', 'refused', []])
  })

  test('for a patient who never was in the sender’s care: 403, and nothing is kept', async ({ client, assert }) => {
    const { device } = await doctorWithDevice(client)
    const mutation = aMutation('consultations.record', aConsultation(await patientOf()))
    const answer = await device.push(mutation)
    assert.deepEqual([answer.status(), answer.results[0].problem.code], [403, 'forbidden'])
    assert.isNull(await kept(mutation.mutation_id))
    assert.deepEqual(
      (await auditOf(answer.requestId)).map(({ action, outcome }) => [action, outcome]),
      [['consultations.record', 'refused']]
    )
  })

  test('of a nurse where only a doctor may, be it as the losing side of a conflict', async ({ client, assert }) => {
    const [doctor, nurse] = [await someone('doctor'), await someone('nurse')]
    const patient = await patientOf(doctor, nurse)
    const { uuid } = await someConsultation(doctor, patient, { notes: 'A' })
    const device = await deviceOf(client, nurse)
    const here = { client_generated_uuid: uuid, base_version: 1, base: { notes: 'A' } }
    const answer = await device.push(
      aMutation('consultations.record', aConsultation(patient, { diagnosis: 'Paludisme' })),
      aMutation('consultations.correct', { diagnosis: 'Paludisme' }, { ...here, base: { diagnosis: null } }),
      aMutation('consultations.correct', { notes: 'B' }, { ...here, lost: [{ diagnosis: 'Paludisme' }] }),
      aMutation('prescriptions.prescribe', { consultation: uuid, medicine: 'Paracétamol 500 mg' })
    )
    assert.deepEqual(
      answer.results.map(({ http_status, problem }) => [http_status, problem?.code]),
      Array(4).fill([403, 'forbidden'])
    )
    assert.equal((await db.from('consultations').where('uuid', uuid).firstOrFail()).version, 1)
  })

  test('when its data names id or version beside it', async ({ client, assert }) => {
    const { device, patient } = await doctorWithDevice(client)
    const answer = await device.push(aMutation('consultations.record', aConsultation(patient, { id: newUuid() })))
    assert.deepEqual([answer.status(), answer.results[0].problem.errors[0].pointer], [422, '/data/id'])
  })

  test('when its id was used for something else, in whichever order the words stand', async ({ client, assert }) => {
    const { device, patient } = await doctorWithDevice(client)
    const mutation = aMutation('consultations.record', aConsultation(patient, { reason: 'Toux' }))
    const turned = {
      ...mutation,
      data: Object.fromEntries(Object.entries(mutation.data).reverse()),
      client_seq: mutation.client_seq + 1,
    }
    const other = { ...mutation, data: { ...mutation.data, reason: 'Fièvre' } }
    const answer = await device.push(mutation, turned)
    assert.deepEqual(statuses(answer.results), ['applied', 'duplicate'])
    const refused = await device.push(other)
    assert.deepEqual([refused.status(), refused.results[0].problem.code], [422, 'mutation_id_reused'])
    assert.equal((await auditOf(refused.requestId)).length, 1)
  })
})

test.group('A push', () => {
  test('does what a device wrote, by client_seq, and answers in the order that it was sent in', async ({
    client,
    assert,
  }) => {
    const { doctor, device, patient } = await doctorWithDevice(client)
    const held = aMutation('consultations.record', aConsultation(patient), { client_seq: 1 })
    const consultation = held.client_generated_uuid
    const ordered = aMutation(
      'prescriptions.prescribe',
      { consultation, medicine: 'Paracétamol 500 mg' },
      { client_seq: 2, depends_on: [held.mutation_id] }
    )
    const answer = await device.push(ordered, held)
    assert.deepEqual(statuses(answer.results), ['applied', 'applied'])
    const [prescribed, recorded] = answer.results
    assert.deepEqual([prescribed.mutation_id, recorded.mutation_id], [ordered.mutation_id, held.mutation_id])
    assert.deepInclude(recorded.data, { id: consultation, doctor_id: doctor.uuid, version: 1 })
    assert.deepInclude(prescribed.data, { id: ordered.client_generated_uuid, consultation_id: consultation })
    assert.isNull(answer.body().cursor)
    assert.deepEqual(answer.body().changes, [])
    const told = await auditOf(answer.requestId)
    assert.deepEqual(
      told.map(({ action, details }) => [action, JSON.parse(details).via]),
      [
        ['consultations.record', 'sync'],
        ['prescriptions.prescribe', 'sync'],
      ]
    )
  })

  test('leaves alone what needs a mutation that was not applied', async ({ client, assert }) => {
    const { device, patient } = await doctorWithDevice(client)
    const refused = aMutation('consultations.record', aConsultation(patient, { date: 'x' }))
    const needing = aMutation('records.add', {}, { depends_on: [refused.mutation_id] })
    const answer = await device.push(refused, needing)
    assert.deepEqual(statuses(answer.results), ['rejected', 'deferred'])
    const alone = await device.push(needing)
    assert.deepEqual([alone.status(), alone.results[0].status], [424, 'deferred'])
    assert.isNull(await kept(needing.mutation_id))
  })

  test('finds what a mutation needs among those of former calls', async ({ client, assert }) => {
    const { device, patient } = await doctorWithDevice(client)
    const held = aMutation('consultations.record', aConsultation(patient))
    await device.push(held)
    const data = { consultation: held.client_generated_uuid, medicine: 'Ibuprofène' }
    const answer = await device.push(aMutation('prescriptions.prescribe', data, { depends_on: [held.mutation_id] }))
    assert.deepEqual([answer.status(), answer.results[0].status], [200, 'applied'])
  })

  test('keeps no clinical text beside what became of a mutation', async ({ client, assert }) => {
    const { device, patient } = await doctorWithDevice(client)
    const mutation = aMutation('consultations.record', aConsultation(patient, { notes: 'Secret médical' }))
    await device.push(mutation)
    const { result } = await kept(mutation.mutation_id)
    const uuid = mutation.client_generated_uuid
    assert.deepEqual(JSON.parse(result), { status: 'applied', uuid, entity: 'consultation', version: 1 })
  })

  test('registers a patient, who is in the clinician’s care from then on', async ({ client, assert }) => {
    const { device } = await doctorWithDevice(client)
    const registered = aMutation('patients.register', aPatient())
    const held = aMutation(
      'consultations.record',
      { patient_id: registered.client_generated_uuid, date: '2025-02-03T10:00:00Z' },
      { depends_on: [registered.mutation_id] }
    )
    const answer = await device.push(registered, held)
    assert.deepEqual(statuses(answer.results), ['applied', 'applied'])
  })
})

test.group('A replay', () => {
  test('changes nothing and tells the record as it stands now', async ({ client, assert }) => {
    const { device, patient } = await doctorWithDevice(client)
    const held = aMutation('consultations.record', aConsultation(patient, { reason: 'Toux' }))
    await device.push(held)
    const id = held.client_generated_uuid
    const corrected = aMutation('consultations.correct', { reason: 'Toux sèche' })
    Object.assign(corrected, { client_generated_uuid: id, base_version: 1, base: { reason: 'Toux' } })
    const first = await device.push(corrected)
    const again = await device.push(held, corrected)
    assert.deepEqual([first.results[0].status, first.results[0].version], ['applied', 2])
    assert.deepEqual(
      again.results.map(({ status, version, data }) => [status, version, data.reason]),
      [
        ['duplicate', 2, 'Toux sèche'],
        ['duplicate', 2, 'Toux sèche'],
      ]
    )
    assert.equal((await db.from('consultations').where('uuid', id).firstOrFail()).version, 2)
    assert.deepEqual(
      (await auditOf(again.requestId)).map(({ action }) => action),
      ['consultations.open', 'consultations.open']
    )
  })

  test('of a conflict is the conflict, with the version that the server has now', async ({ client, assert }) => {
    const { doctor, device, patient } = await doctorWithDevice(client)
    const { uuid } = await someConsultation(doctor, patient, { notes: 'A' })
    const here = { client_generated_uuid: uuid, base_version: 1, base: { notes: 'A' } }
    await device.push(aMutation('consultations.correct', { notes: 'B' }, here))
    const losing = aMutation('consultations.correct', { notes: 'C' }, here)
    const first = await device.push(losing)
    await device.push(
      aMutation('consultations.correct', { notes: 'D' }, { ...here, base_version: 2, base: { notes: 'B' } })
    )
    const again = await device.push(losing)
    for (const answer of [first, again])
      assert.deepEqual([answer.status(), answer.results[0].status], [409, 'conflict'])
    assert.deepEqual(
      [first, again].map(({ results }) => [results[0].server_version.version, results[0].server_version.data.notes]),
      [
        [2, 'B'],
        [3, 'D'],
      ]
    )
    assert.deepEqual(JSON.parse((await kept(losing.mutation_id)).result).status, 'conflict')
  })

  test('of a refusal is tried anew', async ({ client, assert }) => {
    const { doctor, device } = await doctorWithDevice(client)
    const patient = await patientOf()
    const mutation = aMutation('consultations.record', aConsultation(patient))
    assert.equal((await device.push(mutation)).status(), 403)
    const { assignDoctor } = await import('#app/doctors/assign_doctor')
    await assignDoctor(callerOf(), { doctor_id: doctor.uuid, patient_id: patient.uuid })
    assert.deepEqual(statuses((await device.push(mutation)).results), ['applied'])
  })

  test('is authorised anew: whoever lost the right hears that it was done, and nothing of it', async ({
    client,
    assert,
  }) => {
    const { doctor, device, patient } = await doctorWithDevice(client)
    const { uuid } = await someConsultation(doctor, patient, { notes: 'A' })
    const here = { client_generated_uuid: uuid, base_version: 1, base: { notes: 'A' } }
    const mutation = aMutation('consultations.correct', { notes: 'B' }, here)
    await device.push(mutation)
    await unassignDoctor(callerOf(), { doctor_id: doctor.uuid, patient_id: patient.uuid })
    const again = await device.push(mutation)
    assert.equal(again.status(), 200)
    assert.deepEqual(again.results, [{ mutation_id: mutation.mutation_id, status: 'duplicate', version: 2 }])
    assert.deepEqual(
      (await auditOf(again.requestId)).map(({ action, outcome }) => [action, outcome]),
      [['consultations.open', 'refused']]
    )
  })

  test('of a conflict is refused to whoever lost the right: nothing of it was done', async ({ client, assert }) => {
    const { doctor, device, patient } = await doctorWithDevice(client)
    const { uuid } = await someConsultation(doctor, patient, { notes: 'A' })
    const here = { client_generated_uuid: uuid, base_version: 1, base: { notes: 'A' } }
    await device.push(aMutation('consultations.correct', { notes: 'B' }, here))
    const losing = aMutation('consultations.correct', { notes: 'C' }, here)
    assert.equal((await device.push(losing)).status(), 409)
    await unassignDoctor(callerOf(), { doctor_id: doctor.uuid, patient_id: patient.uuid })
    const again = await device.push(losing)
    assert.deepEqual([again.status(), again.results[0].status], [403, 'rejected'])
    assert.notInclude(again.text(), '"B"')
  })

  test('of somebody else’s mutation id is that person’s own', async ({ client, assert }) => {
    const [one, other] = [await doctorWithDevice(client), await doctorWithDevice(client)]
    const mutation = aMutation('consultations.record', aConsultation(one.patient))
    await one.device.push(mutation)
    const same = {
      ...aMutation('consultations.record', aConsultation(other.patient)),
      mutation_id: mutation.mutation_id,
    }
    assert.deepEqual(statuses((await other.device.push(same)).results), ['applied'])
  })

  test('of ten at one moment makes one record, and all hear the same of it', async ({ client, assert }) => {
    const { device, patient } = await doctorWithDevice(client)
    const mutation = aMutation('consultations.record', aConsultation(patient))
    const answers = await Promise.all(Array.from({ length: 10 }, () => device.push(mutation)))
    assert.equal(await consultationsOf(mutation.client_generated_uuid), 1)
    assert.deepEqual(new Set(answers.map((answer) => answer.status())), new Set([200]))
    const told = answers.map(({ results: [{ status, ...rest }] }) => ({ status, rest: JSON.stringify(rest) }))
    assert.equal(told.filter(({ status }) => status === 'applied').length, 1)
    assert.equal(told.filter(({ status }) => status === 'duplicate').length, 9)
    assert.equal(new Set(told.map(({ rest }) => rest)).size, 1)
    assert.equal((await db.from('sync_changes').where('entity_uuid', mutation.client_generated_uuid)).length, 1)
  })
})

test.group('A creation whose mutation id nobody remembers', () => {
  test('is a duplicate where author and content are the same', async ({ client, assert }) => {
    const { device, patient } = await doctorWithDevice(client)
    const held = aMutation('consultations.record', aConsultation(patient, { reason: 'Toux' }))
    const registered = aMutation('patients.register', aPatient({ phone: '+221 77 123 45 67' }))
    const note = aMutation('consultations.add_addendum', { record_id: held.client_generated_uuid, text: 'Revue' })
    const first = await device.push(held, registered, note)
    assert.deepEqual(statuses(first.results), ['applied', 'applied', 'applied'])
    const renamed = [held, registered, note].map((each) => ({ ...each, mutation_id: newUuid() }))
    const again = await device.push(...renamed)
    assert.deepEqual(statuses(again.results), ['duplicate', 'duplicate', 'duplicate'])
    assert.deepEqual(
      (await auditOf(again.requestId)).map(({ action, outcome }) => `${action} ${outcome}`),
      ['consultations.open done', 'patients.open done', 'charts.open_addendum done']
    )
    assert.deepEqual(statuses((await device.push(...renamed)).results), ['duplicate', 'duplicate', 'duplicate'])
  })

  test('is refused where the content is another, or the author', async ({ client, assert }) => {
    const { doctor, device, patient } = await doctorWithDevice(client)
    const held = aMutation('consultations.record', aConsultation(patient, { reason: 'Toux' }))
    await device.push(held)
    const other = { ...held, mutation_id: newUuid(), data: { ...held.data, reason: 'Fièvre' } }
    const answer = await device.push(other)
    assert.deepEqual([answer.status(), answer.results[0].problem.code], [409, 'record_exists'])
    assert.equal((await auditOf(answer.requestId)).filter(({ outcome }) => outcome === 'refused').length, 1)
    const colleague = await someone('doctor')
    const { assignDoctor } = await import('#app/doctors/assign_doctor')
    await assignDoctor(callerOf(), { doctor_id: colleague.uuid, patient_id: patient.uuid })
    const theirs = await deviceOf(client, colleague)
    const claimed = await theirs.push({ ...held, mutation_id: newUuid() })
    assert.deepEqual([claimed.status(), claimed.results[0].problem.code], [409, 'record_exists'])
    assert.isNotNull(doctor)
  })

  test('tells nobody of a chart that is closed to them', async ({ client, assert }) => {
    const [one, other] = [await doctorWithDevice(client), await doctorWithDevice(client)]
    const held = aMutation('consultations.record', aConsultation(one.patient))
    await one.device.push(held)
    const guessed = { ...aMutation('consultations.record', aConsultation(other.patient)) }
    guessed.client_generated_uuid = held.client_generated_uuid
    const answer = await other.device.push(guessed)
    assert.deepEqual([answer.status(), answer.results[0].problem.code], [409, 'record_exists'])
    assert.notInclude(answer.text(), one.patient.uuid)
    assert.equal((await auditOf(answer.requestId)).length, 1)
  })
})

test.group('The names of mutations', () => {
  /** Made by people in front of a server: a device does not send them, and why. */
  const LEFT_OUT: Record<string, string> = {
    'devices.enrol': 'the id is the device’s own, and a session is needed',
  }

  test('are those of use-cases', ({ assert }) => {
    for (const [name, gate] of Object.entries(GATES)) assert.equal(gate.useCaseName, name)
    assert.sameMembers(Object.keys(GATES), Object.keys(MUTATIONS))
  })

  test('hold every use-case that takes an id which a device has made, or the reason why not', ({ assert }) => {
    const takingIds = Object.values(OPERATIONS).flatMap(({ gate }) => {
      const schema = gate?.input.toJSONSchema() as { properties?: Record<string, unknown>; required?: string[] }
      const isOptional = schema?.properties?.id && !schema.required?.includes('id')
      return isOptional ? [gate!.useCaseName] : []
    })
    assert.includeMembers(takingIds, ['patients.register', 'consultations.record', 'labs.add_addendum'])
    const creating = Object.entries(MUTATIONS).filter(([, { creates }]) => creates)
    assert.sameMembers([...new Set(takingIds)], [...creating.map(([name]) => name), ...Object.keys(LEFT_OUT)])
  })
})

test.group('A role that is taken away', () => {
  test('ends the credential of the device too, until its owner signs in', async ({ client, assert }) => {
    const { doctor, device } = await doctorWithDevice(client)
    await revoke(callerOf(), { user: doctor.uuid, role: 'doctor' })
    const answer = await device.push()
    assert.deepEqual([answer.status(), answer.body().code], [401, 'device_sign_in_needed'])
  })
})
