import { createHash } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { newUuid } from '#app/core/ids'
import { onceOnly } from '#app/sync/once_only'
import type { Mutation } from '#app/sync/protocol'
import { whatItSays } from '#app/sync/read_mutation'
import { digestOfWrite } from '#app/sync/write_digest'
import { callerOf, someone } from '#tests/acting'
import { aConsultation, patientOf } from '#tests/functional/charts/some_chart'
import { aMutation, deviceOf } from '#tests/functional/sync/device_caller'

const DIAGNOSES = ['Angine', 'Asthme', 'Hypertension', 'Paludisme', 'Typhoïde']
const keptOf = async (key: string): Promise<Buffer> => {
  const { body_hash: digest } = await db.from('sync_mutations').where('mutation_id', key).firstOrFail()
  return digest
}

/** What somebody with a dump, and all but the diagnosis, makes out by trying. */
function guessed(kept: Buffer, saying: (diagnosis: string) => unknown): string[] {
  const hashOf = (said: unknown) => createHash('sha256').update(JSON.stringify(said)).digest()
  return DIAGNOSES.filter((diagnosis) => hashOf(saying(diagnosis)).equals(kept))
}

test.group('What was sent cannot be guessed from what is kept of it', () => {
  test('by a device', async ({ client, assert }) => {
    const doctor = await someone('doctor')
    const [device, patient] = [await deviceOf(client, doctor), await patientOf(doctor)]
    const mutation = aMutation('consultations.record', { ...aConsultation(patient), diagnosis: 'Paludisme' })
    const { results } = await device.push(mutation)
    assert.equal(results[0].status, 'applied')
    const said = (diagnosis: string) => whatItSays({ ...mutation, data: { ...mutation.data, diagnosis } } as Mutation)
    const kept = await keptOf(mutation.mutation_id)
    assert.deepEqual(guessed(kept, said), [])
    assert.isTrue(
      kept.equals(await digestOfWrite(said('Paludisme'), db.connection())),
      'control: this is what was said'
    )
  })

  test('under an Idempotency-Key', async ({ assert }) => {
    const [caller, key] = [callerOf(await someone('doctor')), newUuid()]
    const said = (diagnosis: string) => ['consultations.record', { diagnosis }]
    const made = async () => ({ uuid: newUuid() })
    await onceOnly(caller, key, said('Paludisme'), made, made)
    const kept = await keptOf(key)
    assert.deepEqual(guessed(kept, said), [])
    assert.isTrue(
      kept.equals(await digestOfWrite(said('Paludisme'), db.connection())),
      'control: this is what was said'
    )
  })

  test('control: a hash without a key is', ({ assert }) => {
    const kept = createHash('sha256').update(JSON.stringify('Paludisme')).digest()
    assert.deepEqual(
      guessed(kept, (diagnosis) => diagnosis),
      ['Paludisme']
    )
  })
})
