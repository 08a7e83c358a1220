import { randomUUID } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { ADDENDA } from '#app/charts/addenda_of_records'
import { correctConsultation } from '#app/consultations/correct_consultation'
import { recordConsultation } from '#app/consultations/record_consultation'
import { approveErasure } from '#app/erasure/approve_erasure'
import { ENCRYPTED_COLUMNS } from '#app/keys/encrypted_columns'
import { correctPatient } from '#app/patients/correct_patient'
import type { Caller } from '#app/core/caller'
import { callerOf, someone } from '#tests/acting'
import { aConsultation, patientOf, someConsultation } from '#tests/functional/charts/some_chart'
import { anEraser, keysOf, requested, rowOf } from '#tests/functional/erasure/some_erasure'
import { aNote } from '#tests/functional/records/some_record'
import { addMedicalRecord } from '#app/records/add_medical_record'

const ROUNDS = 4

test.group('An erasure while others write', () => {
  test('leaves nothing of what they write: it is before, and erased, or after, and refused', async ({ assert }) => {
    let [done, refused] = [0, 0]
    for (let round = 0; round < ROUNDS; round++) {
      const [doctor, admin] = [await someone('doctor'), await someone('admin')]
      const patient = await patientOf(doctor)
      const visit = await someConsultation(doctor, patient)
      const id = await requested(patient)
      await approveErasure(callerOf(await anEraser()), { id })
      const last = callerOf(await anEraser())
      const as = (user = doctor): Caller => ({ ...callerOf(user), requestId: randomUUID() })
      const writes = [
        () => recordConsultation(as(), aConsultation(patient)),
        () => addMedicalRecord(as(), aNote(patient)),
        () => correctConsultation(as(), { id: visit.uuid, version: 1, notes: 'Revu' }),
        () => correctPatient(as(admin), { id: patient.uuid, version: 1, address: 'Dakar' }),
        () => approveErasure(last, { id }),
        () => recordConsultation(as(), aConsultation(patient)),
        () => ADDENDA.consultations.add(as(), { record_id: visit.uuid, text: 'Encore' }),
        () => addMedicalRecord(as(), aNote(patient)),
        () => recordConsultation(as(), aConsultation(patient)),
      ]
      const settled = await Promise.allSettled(writes.map((write) => write()))
      assert.equal(settled[4]!.status, 'fulfilled')
      for (const each of settled.toSpliced(4, 1)) {
        if (each.status === 'fulfilled') done++
        else refused++
        if (each.status === 'rejected') assert.equal(each.reason.code, 'patient_erased', String(each.reason.stack))
      }
      assert.isNotNull((await rowOf(patient)).erased_at)
      assert.isTrue((await keysOf(patient)).every(({ state }) => state === 'shredded'))
      for (const table of ['consultations', 'medical_records', 'addenda'] as const)
        for (const row of await db.from(table).where('patient_id', patient.id))
          for (const column of Object.keys(ENCRYPTED_COLUMNS[table])) assert.isNull(row[column], column)
      const versions = await db.from('record_versions').where('patient_uuid', patient.uuid)
      assert.isTrue(versions.every(({ body }) => body.length === 0))
      assert.isEmpty(await db.from('patient_names').where('patient_id', patient.id))
    }
    assert.equal(done + refused, ROUNDS * 8)
  })
})
