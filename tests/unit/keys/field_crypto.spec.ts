import { createCipheriv, createSecretKey, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { test } from '@japa/runner'
import { dataKeyIdOf, FieldUnreadable, openField, sealField, type DataKey, type Place } from '#app/keys/field_crypto'

interface Vector extends Place {
  key: string
  dataKeyId: string
  text: string
  padded: boolean
  sealed: string
}

const vectors: Vector[] = JSON.parse(
  readFileSync(new URL('../../fixtures/field_vectors.json', import.meta.url), 'utf8')
)

const keyOf = ({ key, dataKeyId }: Vector): DataKey => ({
  id: Buffer.from(dataKeyId, 'hex'),
  key: createSecretKey(Buffer.from(key, 'hex')),
})
const placeOf = ({ table, column, uuid }: Vector): Place => ({ table, column, uuid })

/** How often `work` is refused as unreadable; anything else that it does is in `wrong`. */
function countRefusals(sealed: Iterable<[string, Buffer]>, open: (bytes: Buffer) => string) {
  let refused = 0
  const wrong: string[] = []
  for (const [name, bytes] of sealed) {
    try {
      wrong.push(`${name} was read as ${JSON.stringify(open(bytes))}`)
    } catch (error) {
      if (error instanceof FieldUnreadable) refused++
      else wrong.push(`${name}: ${error}`)
    }
  }
  return { refused, wrong }
}

function* flippedBits(bytes: Buffer): Generator<[string, Buffer]> {
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const flipped = Buffer.from(bytes)
    flipped[bit >> 3]! ^= 1 << (bit & 7)
    yield [`bit ${bit}`, flipped]
  }
}

function* cutAndGrown(bytes: Buffer): Generator<[string, Buffer]> {
  for (let length = 0; length < bytes.length; length++) {
    yield [`the first ${length} bytes`, bytes.subarray(0, length)]
    yield [`without the first ${length + 1} bytes`, bytes.subarray(length + 1)]
  }
  yield ['one byte more', Buffer.concat([bytes, Buffer.alloc(1)])]
}

test.group('A sealed field: refusals', () => {
  test('every flipped bit, every cut and every byte more is unreadable, never another text', ({ assert }) => {
    let refused = 0
    for (const vector of vectors) {
      const sealed = Buffer.from(vector.sealed, 'hex')
      const open = (bytes: Buffer) => openField(keyOf(vector), bytes, placeOf(vector), vector.padded)
      assert.equal(open(sealed), vector.text)
      for (const damage of [flippedBits(sealed), cutAndGrown(sealed)]) {
        const result = countRefusals(damage, open)
        assert.deepEqual(result.wrong, [])
        refused += result.refused
      }
    }
    assert.isAtLeast(refused, 3_000)
  })

  test('a ciphertext that is moved to another row, column or table is unreadable there', ({ assert }) => {
    const key: DataKey = { id: randomBytes(8), key: createSecretKey(randomBytes(32)) }
    const places: Place[] = ['patients', 'consultations', 'lab_results'].flatMap((table) =>
      ['phone', 'notes', 'code', 'n', 'note'].flatMap((column) =>
        ['018f3e1c-0000-7000-8000-000000000001', '018f3e1c-0000-7000-8000-000000000002'].map((uuid) => ({
          table,
          column,
          uuid,
        }))
      )
    )
    for (const home of places) {
      const sealed = sealField(key, 'paludisme', home)
      const readable = places.filter((place) => {
        const { refused } = countRefusals([['', sealed]], (bytes) => openField(key, bytes, place))
        return refused === 0
      })
      assert.deepEqual(readable, [home])
    }
  })

  test('parts of a place that run together differently are different places', ({ assert }) => {
    const key: DataKey = { id: randomBytes(8), key: createSecretKey(randomBytes(32)) }
    const sealed = sealField(key, 'x', { table: 'ab', column: 'c', uuid: 'd' })
    assert.throws(() => openField(key, sealed, { table: 'a', column: 'bc', uuid: 'd' }), FieldUnreadable as never)
  })

  test('another key of the same patient does not open it', ({ assert }) => {
    for (const vector of vectors) {
      const other = { key: createSecretKey(randomBytes(32)) }
      const sealed = Buffer.from(vector.sealed, 'hex')
      assert.throws(() => openField(other, sealed, placeOf(vector), vector.padded), FieldUnreadable as never)
    }
  })

  test('bytes of another kind name no key', ({ assert }) => {
    const place: Place = { table: 'patients', column: 'phone', uuid: 'u' }
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.from('+221771234567'),
      Buffer.from([0xe1, 0x02, 0, 0, 0, 0, 0, 0, 0, 0]),
    ])
      assert.throws(() => dataKeyIdOf(bytes, place), FieldUnreadable as never)
  })
})

test.group('A sealed field', () => {
  test('opens as the vectors say, which no later version may break', ({ assert }) => {
    assert.isAtLeast(vectors.length, 6)
    for (const vector of vectors) {
      const sealed = Buffer.from(vector.sealed, 'hex')
      assert.equal(openField(keyOf(vector), sealed, placeOf(vector), vector.padded), vector.text)
      assert.equal(dataKeyIdOf(sealed, placeOf(vector)).toString('hex'), vector.dataKeyId)
    }
  })

  test('is what AES-256-GCM makes of the text, its place and its nonce', ({ assert }) => {
    const place: Place = { table: 'consultations', column: 'notes', uuid: '018f3e1c-0000-7000-8000-000000000001' }
    const [id, secret] = [randomBytes(8), randomBytes(32)]
    const sealed = sealField({ id, key: createSecretKey(secret) }, 'Toux sèche', place)
    const header = Buffer.concat([Buffer.from([0xe1, 0x01]), id])
    const nonce = sealed.subarray(10, 22)
    const cipher = createCipheriv('aes-256-gcm', secret, nonce)
    const part = (bytes: Buffer | string) =>
      Buffer.concat([Buffer.from([Buffer.byteLength(bytes)]), Buffer.from(bytes)])
    cipher.setAAD(Buffer.concat([part(header), part(place.table), part(place.column), part(place.uuid)]))
    const text = Buffer.concat([cipher.update('Toux sèche'), cipher.final()])
    assert.deepEqual(sealed, Buffer.concat([header, nonce, text, cipher.getAuthTag()]))
    assert.equal(sealed.length, Buffer.byteLength('Toux sèche') + 38)
  })

  test('never repeats a nonce, so that equal texts look different', ({ assert }) => {
    const key: DataKey = { id: randomBytes(8), key: createSecretKey(randomBytes(32)) }
    const place: Place = { table: 'patients', column: 'phone', uuid: 'u' }
    const made = new Set(Array.from({ length: 2_000 }, () => sealField(key, '77', place).toString('hex').slice(20, 44)))
    assert.equal(made.size, 2_000)
  })

  test('a padded field shows no more of its length than the number of 16-byte steps', ({ assert }) => {
    const key: DataKey = { id: randomBytes(8), key: createSecretKey(randomBytes(32)) }
    const place: Place = { table: 'lab_results', column: 'flag', uuid: 'u' }
    const lengths = (texts: string[]) => [...new Set(texts.map((text) => sealField(key, text, place, true).length))]
    assert.deepEqual(lengths(['', 'L', 'H', 'LL', 'HH', 'N', 'A', '0123456789abcde', 'é', 'À']), [54])
    assert.deepEqual(lengths(['0123456789abcdef', 'x'.repeat(31)]), [70])
    for (const text of ['', 'L', 'À', 'x\u0080', '0123456789abcdef'])
      assert.equal(openField(key, sealField(key, text, place, true), place, true), text)
  })
})
