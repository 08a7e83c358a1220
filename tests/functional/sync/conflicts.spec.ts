import { setTimeout as sleep } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import type { ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { correctConsultation } from '#app/consultations/correct_consultation'
import type { Mutation } from '#app/sync/protocol'
import type User from '#app/users/user'
import { callerOf, someone } from '#tests/acting'
import { apiCaller } from '#tests/functional/api_caller'
import { patientOf, someConsultation } from '#tests/functional/charts/some_chart'
import { auditOf } from '#tests/functional/core/probe'
import { someResult } from '#tests/functional/labs/some_result'
import { somePrescription } from '#tests/functional/prescriptions/some_prescription'
import { aMutation, deviceOf } from '#tests/functional/sync/device_caller'
import { isMysql } from '#tests/functional/sync/pulling'

/** Two doctors of one patient, each with a telephone, and a consultation that both hold in its first version. */
async function twoDoctors(client: ApiClient, fields: object) {
  const [one, other] = [await someone('doctor'), await someone('doctor')]
  const patient = await patientOf(one, other)
  const { uuid } = await someConsultation(one, patient, fields)
  const base = fields as Record<string, unknown>
  const correct = (data: Record<string, unknown>, more: Partial<Mutation> = {}) => {
    const before = Object.fromEntries(Object.keys(data).map((name) => [name, base[name] ?? null]))
    return aMutation('consultations.correct', data, {
      client_generated_uuid: uuid,
      base_version: 1,
      base: before,
      ...more,
    })
  }
  return {
    one,
    other,
    patient,
    uuid,
    correct,
    mine: await deviceOf(client, one),
    theirs: await deviceOf(client, other),
  }
}

const rowOf = (uuid: string) => db.from('consultations').where('uuid', uuid).firstOrFail()

/** The notes of every version, the present one first. */
async function notesInHistory(client: ApiClient, doctor: User, uuid: string) {
  const api = await apiCaller(client, doctor)
  const history = await api.get(`/api/v1/consultations/${uuid}/history`)
  return (history.body().data as { data: { notes: string } }[]).map(({ data }) => data.notes)
}

test.group('Two devices that changed one record', () => {
  test('merge where they left each other’s fields alone', async ({ client, assert }) => {
    const { mine, theirs, correct, uuid } = await twoDoctors(client, { notes: 'A', reason: 'Toux' })
    await theirs.push(correct({ notes: 'B' }))
    const answer = await mine.push(correct({ reason: 'Fièvre' }))
    const [result] = answer.results
    assert.deepEqual([answer.status(), result.status, result.version], [200, 'applied', 3])
    assert.deepInclude(result.data, { notes: 'B', reason: 'Fièvre' })
    assert.equal((await rowOf(uuid)).version, 3)
    assert.deepEqual(
      (await auditOf(answer.requestId)).map(({ action, outcome }) => `${action} ${outcome}`),
      ['consultations.open done', 'consultations.correct done']
    )
  })

  test('merge where a whole form was sent of which one field is changed', async ({ client, assert }) => {
    const { mine, theirs, correct } = await twoDoctors(client, { notes: 'A', reason: 'Toux' })
    await theirs.push(correct({ notes: 'B' }))
    const answer = await mine.push(correct({ notes: 'A', reason: 'Fièvre' }))
    assert.deepInclude(answer.results[0].data, { notes: 'B', reason: 'Fièvre' })
  })

  test('have done one thing where both wrote the same', async ({ client, assert }) => {
    const { mine, theirs, correct, uuid } = await twoDoctors(client, { notes: 'A', reason: 'Toux' })
    await theirs.push(correct({ notes: 'B', reason: 'Fièvre' }))
    const same = correct({ notes: 'B' })
    for (const answer of [await mine.push(same), await mine.push(same)])
      assert.deepEqual([answer.results[0].status, answer.results[0].version], ['duplicate', 2])
    assert.equal((await rowOf(uuid)).version, 2)
  })

  test('are in conflict over one field: both versions are told, and nothing is changed', async ({ client, assert }) => {
    const { mine, theirs, correct, uuid, other } = await twoDoctors(client, { notes: 'A' })
    await theirs.push(correct({ notes: 'B' }))
    const losing = correct({ notes: 'C' })
    const answer = await mine.push(losing)
    const [result] = answer.results
    assert.deepEqual([answer.status(), result.status, result.http_status], [409, 'conflict', 409])
    assert.deepInclude(result.server_version, { version: 2, updated_by: other.uuid })
    assert.equal(result.server_version.data.notes, 'B')
    assert.equal(result.server_version.updated_at, result.server_version.data.updated_at)
    assert.deepEqual(result.client_version, { base_version: 1, data: { notes: 'C' } })
    assert.equal((await rowOf(uuid)).version, 2)
    assert.deepEqual((await auditOf(answer.requestId)).map(({ action, outcome }) => `${action} ${outcome}`).sort(), [
      'consultations.correct refused',
      'consultations.open done',
    ])
  })

  test('are in conflict over fields that belong together', async ({ client, assert }) => {
    const { mine, theirs, correct } = await twoDoctors(client, { diagnosis: 'Paludisme', diagnosis_code: null })
    await theirs.push(correct({ diagnosis_code: '1F40', diagnosis_code_system: 'ICD-11' }))
    const answer = await mine.push(correct({ diagnosis: 'Grippe' }))
    assert.deepEqual([answer.status(), answer.results[0].status], [409, 'conflict'])
  })

  test('do not stop the rest of what one of them brings', async ({ client, assert }) => {
    const { mine, theirs, correct, patient } = await twoDoctors(client, { notes: 'A' })
    await theirs.push(correct({ notes: 'B' }))
    const held = aMutation('consultations.record', { patient_id: patient.uuid, date: '2025-02-03T10:00:00Z' })
    const answer = await mine.push(correct({ notes: 'C' }), held)
    assert.equal(answer.status(), 200)
    assert.deepEqual(
      answer.results.map(({ status }) => status),
      ['conflict', 'applied']
    )
  })

  test('lose neither side once somebody has chosen', async ({ client, assert }) => {
    const { mine, theirs, correct, uuid, one } = await twoDoctors(client, { notes: 'A' })
    await theirs.push(correct({ notes: 'B' }))
    await mine.push(correct({ notes: 'C' }))
    const settled = correct({ notes: 'B et C' }, { base_version: 2, base: { notes: 'B' }, lost: [{ notes: 'C' }] })
    const answer = await mine.push(settled)
    assert.deepEqual([answer.results[0].status, answer.results[0].version], ['applied', 4])
    assert.deepEqual(await notesInHistory(client, one, uuid), ['B et C', 'C', 'B', 'A'])
    const again = await mine.push(settled)
    assert.deepEqual([again.results[0].status, again.results[0].version], ['duplicate', 4])
  })

  test('lose no side either when a choice met another change before it arrived', async ({ client, assert }) => {
    const { mine, theirs, correct, uuid, one } = await twoDoctors(client, { notes: 'A' })
    await theirs.push(correct({ notes: 'B' }))
    await theirs.push(correct({ notes: 'D' }, { base_version: 2, base: { notes: 'B' } }))
    const lost = [{ notes: 'C' }, { notes: 'B et C' }]
    const answer = await mine.push(correct({ notes: 'Tout' }, { base_version: 3, base: { notes: 'D' }, lost }))
    assert.deepEqual([answer.results[0].status, answer.results[0].version], ['applied', 6])
    assert.deepEqual(await notesInHistory(client, one, uuid), ['Tout', 'B et C', 'C', 'D', 'B', 'A'])
  })

  test('write nothing where the losing values are refused', async ({ client, assert }) => {
    const { mine, theirs, correct, uuid } = await twoDoctors(client, { notes: 'A' })
    await theirs.push(correct({ notes: 'B' }))
    const more = { base_version: 2, base: { notes: 'B' }, lost: [{ notes: 'C' }, { date: 'never' }] }
    const answer = await mine.push(correct({ notes: 'C' }, more))
    assert.equal(answer.status(), 422)
    assert.equal(answer.results[0].problem.errors[0].pointer, '/lost/1/date')
    const second = correct({ date: 'never' }, { base_version: 2, base: { date: null }, lost: [{ notes: 'C' }] })
    const chosen = await mine.push(second)
    assert.deepEqual([chosen.status(), chosen.results[0].problem.errors[0].pointer], [422, '/date'])
    assert.equal((await rowOf(uuid)).version, 2)
    assert.lengthOf(await db.from('record_versions').where('entity_uuid', uuid), 1)
  })

  test('are in conflict again where somebody went on meanwhile', async ({ client, assert }) => {
    const { mine, theirs, correct, uuid } = await twoDoctors(client, { notes: 'A' })
    await theirs.push(correct({ notes: 'B' }))
    await theirs.push(correct({ notes: 'D' }, { base_version: 2, base: { notes: 'B' } }))
    const more = { base_version: 2, base: { notes: 'B' }, lost: [{ notes: 'C' }] }
    const answer = await mine.push(correct({ notes: 'B' }, more))
    assert.deepEqual([answer.status(), answer.results[0].server_version.version], [409, 3])
    assert.equal((await rowOf(uuid)).version, 3)
  })

  test('are not in conflict with what was put back from a backup unless it differs', async ({ client, assert }) => {
    const { mine, correct } = await twoDoctors(client, { notes: 'A' })
    const answer = await mine.push(correct({ notes: 'C' }, { base_version: 7, base: { notes: 'A' } }))
    assert.deepEqual([answer.results[0].status, answer.results[0].version], ['applied', 2])
    const other = await mine.push(correct({ notes: 'E' }, { base_version: 9, base: { notes: 'D' } }))
    assert.equal(other.status(), 409)
  })
})

test.group('What is said of a record as a whole', () => {
  test('is in conflict with whatever somebody else has changed', async ({ client, assert }) => {
    const [doctor, colleague, lab] = [await someone('doctor'), await someone('doctor'), await someone('lab')]
    const patient = await patientOf(doctor, colleague)
    const consultation = await someConsultation(doctor, patient)
    const prescription = await somePrescription(doctor, consultation)
    const result = await someResult(lab, patient)
    const [mine, theirs, labs] = [doctor, colleague, lab].map((user) => deviceOf(client, user))
    const at = (uuid: string, base = {}) => ({ client_generated_uuid: uuid, base_version: 1, base })
    const inIt = { consultation: consultation.uuid }
    await (
      await theirs!
    ).push(
      aMutation('consultations.correct', { notes: 'B' }, at(consultation.uuid, { notes: null })),
      aMutation('prescriptions.amend', { ...inIt, notes: 'B' }, at(prescription.uuid, { notes: null }))
    )
    await db.from('lab_results').where('uuid', result.uuid).update({ performed_by: lab.id })
    const { amendLabResult } = await import('#app/labs/amend_lab_result')
    await amendLabResult(callerOf(lab), { id: result.uuid, version: 1, flag: 'H' })
    await db.from('record_versions').where('entity_uuid', result.uuid).update({ user_id: colleague.id })
    const answer = await (
      await mine!
    ).push(
      aMutation('prescriptions.stop', inIt, at(prescription.uuid)),
      aMutation('consultations.cancel', { reason: 'Erreur' }, at(consultation.uuid))
    )
    const validated = await (await labs!).push(aMutation('labs.validate', {}, at(result.uuid)))
    assert.deepEqual(
      [...answer.results, ...validated.results].map(({ status }) => status),
      ['conflict', 'conflict', 'conflict']
    )
    assert.equal((await db.from('lab_results').where('uuid', result.uuid).firstOrFail()).status, 'preliminary')
  })

  test('goes on over changes of one’s own', async ({ client, assert }) => {
    const { mine, correct, uuid } = await twoDoctors(client, { notes: 'A' })
    const corrected = correct({ notes: 'B' })
    const cancel = aMutation(
      'consultations.cancel',
      { reason: 'Erreur' },
      { client_generated_uuid: uuid, base_version: 1, base: {} }
    )
    const answer = await mine.push(corrected, cancel)
    assert.deepEqual(
      answer.results.map(({ status, version }) => [status, version]),
      [
        ['applied', 2],
        ['applied', 3],
      ]
    )
  })
})

test.group('Two corrections of one moment', () => {
  test('over one field: one is applied, the other is in conflict with it', async ({ client, assert }) => {
    for (let round = 0; round < 4; round++) {
      const { mine, theirs, correct, uuid } = await twoDoctors(client, { notes: 'A' })
      const answers = await Promise.all([mine.push(correct({ notes: 'B' })), theirs.push(correct({ notes: 'C' }))])
      const results = answers.flatMap((answer) => answer.results)
      assert.sameMembers(
        results.map(({ status }) => status),
        ['applied', 'conflict']
      )
      const winner = results.find(({ status }) => status === 'applied')
      const loser = results.find(({ status }) => status === 'conflict')
      assert.equal(loser.server_version.data.notes, winner.data.notes)
      assert.equal((await rowOf(uuid)).version, 2)
    }
  })

  test('over different fields: both are applied', async ({ client, assert }) => {
    for (let round = 0; round < 4; round++) {
      const { mine, theirs, correct, uuid } = await twoDoctors(client, { notes: 'A', reason: 'Toux' })
      const answers = await Promise.all([
        mine.push(correct({ notes: 'B' })),
        theirs.push(correct({ reason: 'Fièvre' })),
      ])
      assert.deepEqual(
        answers.flatMap(({ results }) => results).map(({ status }) => status),
        ['applied', 'applied']
      )
      assert.equal((await rowOf(uuid)).version, 3)
    }
  })

  test('are compared with what is there once the lock is free, not with what was there before', async ({
    client,
    assert,
  }) => {
    const { one, mine, other, correct, uuid } = await twoDoctors(client, { notes: 'A', reason: 'Toux' })
    const mutation = correct({ notes: 'B' })
    // Its id was used so long ago that it is free again: read before the lock, it dates all that is read after it.
    const former = { user_id: one.id, mutation_id: mutation.mutation_id, body_hash: Buffer.alloc(32) }
    await db.table('sync_mutations').insert({ ...former, at: '2020-01-01 00:00:00.000' })
    const theirs = await db.transaction()
    const caller = { ...callerOf(other), trx: { client: theirs, refusals: [], numbers: [] } }
    await correctConsultation(caller, { id: uuid, version: 1, reason: 'Fièvre' })
    const pushing = mine.push(mutation)
    await untilBlocked()
    await theirs.commit()
    const answer = await pushing
    assert.deepEqual([answer.results[0].status, answer.results[0].version], ['applied', 3])
    const { data } = answer.results[0]
    assert.deepEqual([data.notes, data.reason], ['B', 'Fièvre'])
    assert.deepEqual(await notesInHistory(client, other, uuid), ['B', 'A', 'A'])
    assert.lengthOf(
      (await auditOf(answer.requestId)).filter(({ action }) => action === 'consultations.correct'),
      1
    )
  }).skip(() => !isMysql(), 'SQLite has one writer, who reads nothing old')

  test('that deadlock with another transaction leave no effect without its dedupe row', async ({ client, assert }) => {
    const { mine, correct, uuid, patient } = await twoDoctors(client, { notes: 'A' })
    const mutation = correct({ notes: 'B' })
    const other = await db.transaction()
    let pushing: ReturnType<typeof mine.push>
    try {
      // Heavier than the mutation, so that this one is the victim.
      for (let n = 0; n < 50; n++) await other.rawQuery('update roles set updated_at = updated_at + interval 1 second')
      await other.rawQuery('select id from patients where uuid = ? for update', [patient.uuid])
      pushing = mine.push(mutation)
      await untilBlocked()
      await other.rawQuery('select id from consultations where uuid = ? for update', [uuid])
    } finally {
      await other.rollback()
    }
    const answer = await pushing
    assert.deepEqual([answer.results[0].status, answer.results[0].version], ['applied', 2])
    assert.lengthOf(await db.from('sync_mutations').where('mutation_id', mutation.mutation_id), 1)
    assert.lengthOf(await db.from('record_versions').where('entity_uuid', uuid), 1)
    assert.lengthOf(await auditOf(answer.requestId), 1)
  }).skip(() => !isMysql(), 'SQLite has one writer and no deadlock')
})

/** Until a transaction waits for a lock. InnoDB looks anew only when nobody has asked for a tenth of a second. */
async function untilBlocked() {
  for (;;) {
    const [rows] = await db.rawQuery('select 1 from information_schema.innodb_lock_waits limit 1')
    if (rows.length) return
    await sleep(150)
  }
}
