import { readFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { test } from '@japa/runner'
import { blindIndexed, blindIndexesOf, blindIndexOf } from '#app/keys/blind_indexed'
import Patient from '#app/patients/patient'

const compared = (value: string) => ({ country: '', normalised: value })

test.group('A blind index, declared on a column', () => {
  test('is known by table, column and number', ({ assert }) => {
    class Animal extends BaseModel {
      static override table = 'animals'

      @column({ isPrimary: true })
      declare id: number

      @blindIndexed<Animal>({ id: 901, isUnique: true, compared })
      @column()
      declare chipNumber: string | null
    }
    const [index, ...more] = blindIndexesOf(Animal)
    assert.containSubset(index, { id: 901, isUnique: true, column: 'chip_number', field: 'animals.chip_number' })
    assert.isEmpty(more)
    assert.equal(blindIndexOf(Animal, 'chipNumber').id, 901)
    assert.throws(() => blindIndexOf(Animal, 'id'), /animals has no blind index of id/)
  })

  test('has a number of its own', ({ assert }) => {
    assert.throws(
      () => blindIndexed({ id: 1, compared })(Patient.prototype, 'email' as never),
      /The blind index 1 is another column's/
    )
  })

  test('is one of a patient: the rotation of the index walks nobody else', async ({ assert }) => {
    const files = await Array.fromAsync(glob('app/**/*.ts'))
    const declaring = files.filter((file) => /^\s*@blindIndexed\b/m.test(readFileSync(file, 'utf8')))
    assert.deepEqual(declaring, ['app/patients/patient.ts'])
  })

  test('of a patient keeps the number that stored tokens have', ({ assert }) => {
    const numbers = blindIndexesOf(Patient).map(({ field, id, isUnique }) => [field, id, isUnique ?? false])
    assert.deepEqual(numbers, [
      ['patients.national_id', 1, true],
      ['patients.phone', 2, false],
    ])
  })
})
