import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import Patient from '#app/patients/patient'
import { somePatient } from '#tests/functional/patients/some_patient'

const ADDRESS = '4 rue Vincens'

/** However a row comes into memory. */
const WAYS: Record<string, (id: number) => Promise<Patient[]>> = {
  'found': async (id) => [await Patient.findOrFail(id)],
  'first of a query': async (id) => [await Patient.query().where('id', id).firstOrFail()],
  'among many': (id) => Patient.findMany([id]),
  'by a query': async (id) => await Patient.query().where('id', id),
  'on a page': async (id) => (await Patient.query().where('id', id).paginate(1, 5)).all(),
  'read again': async (id) => {
    const row = await Patient.findOrFail(id)
    await row.refresh()
    return [row]
  },
  'read again after somebody else’s change of another column': async (id) => {
    const row = await Patient.findOrFail(id)
    await db.from('patients').where('id', id).update({ family_name: 'Ailleurs' })
    await row.refresh()
    return [row]
  },
}

test.group('A row with sealed fields', () => {
  for (const [way, load] of Object.entries(WAYS))
    test(`is open when it is ${way}, and stays what it was when it is saved`, async ({ assert }) => {
      const { id } = await somePatient({ address: ADDRESS })
      const sealed = async () => (await db.from('patients').where('id', id).firstOrFail()).address as Buffer
      const before = await sealed()
      const rows = await load(id)
      assert.deepEqual(
        rows.map(({ address }) => address),
        [ADDRESS]
      )
      assert.isFalse(rows[0]!.$isDirty)
      await rows[0]!.merge({ givenName: 'Autrement' }).save()
      assert.isTrue(before.equals(await sealed()))
      assert.equal((await Patient.findOrFail(id)).address, ADDRESS)
    })
})
