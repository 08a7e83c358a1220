import { test } from '@japa/runner'
import {
  NATIONAL_ID_COUNTRIES,
  normaliseNationalId,
  validateNationalId,
} from '#app/patients/national_ids/validate_national_id'

const refusals: [country: string, id: string, code: string][] = [
  ['XX', 'AB123', 'unknown_country'],
  ['', 'AB123', 'unknown_country'],
  ['fr', '295109912611193', 'unknown_country'],
  ['__proto__', 'AB123', 'unknown_country'],
  ['generic', '', 'empty'],
  ['generic', ' \t ', 'empty'],
  ['generic', 'AB', 'bad_shape'],
  ['generic', 'A-B', 'bad_shape'],
  ['generic', 'A'.repeat(33), 'bad_shape'],
  ['generic', 'AB?123', 'bad_character'],
  ['generic', '-AB123', 'bad_character'],
  ['generic', 'AB_123', 'bad_character'],
  ['generic', 'ملف123', 'bad_character'],
  ['FR', '295109912611199', 'bad_checksum'],
  ['FR', '186022A21532524', 'bad_checksum'],
  ['FR', '186022B21532523', 'bad_checksum'],
  ['FR', '2951099126111', 'bad_shape'],
  ['FR', '186022C21532523', 'bad_shape'],
  ['FR', '995109912611193', 'bad_shape'],
  ['MA', '123456', 'bad_shape'],
  ['MA', 'ABC12345', 'bad_shape'],
  ['MA', 'AB012345', 'bad_shape'],
  ['MA', 'AB1234567', 'bad_shape'],
  ['DZ', '12345678901234567', 'bad_shape'],
  ['DZ', '1234567890123456789', 'bad_shape'],
  ['DZ', '12345678901234567A', 'bad_shape'],
  ['TN', '1234567', 'bad_shape'],
  ['TN', '123456789', 'bad_shape'],
  ['SN', '3123199012345', 'bad_shape'],
  ['SN', '112319901234', 'bad_shape'],
  ['CI', '1234567890', 'bad_shape'],
  ['CM', '1234567', 'bad_shape'],
  ['ML', '12345678901234', 'bad_shape'],
  ['ML', '1234567890123AB', 'bad_shape'],
  ['BF', 'B123456', 'bad_shape'],
  ['BF', 'C1234567', 'bad_shape'],
]

const accepted: [country: string, id: string, normalised: string][] = [
  ['FR', '2 95 10 99 126 111 93', '295109912611193'],
  ['FR', '1 86 02 2a 215 325 23', '186022A21532523'],
  ['MA', 'be-123456', 'BE123456'],
  ['MA', 'A12345', 'A12345'],
  ['DZ', '11 990 0101 00001 00 12', '119900101000010012'],
  ['TN', '01 234 567', '01234567'],
  ['SN', '1 123 1990 12345', '1123199012345'],
  ['CI', 'CI 001234567', 'CI001234567'],
  ['CI', '11223344556', '11223344556'],
  ['CM', '112233445', '112233445'],
  ['ML', '11987654321012K', '11987654321012K'],
  ['BF', 'b1234567', 'B1234567'],
  ['generic', '999-12-3456', '999123456'],
  ['generic', 'ＡＢ１２３', 'AB123'],
]

test.group('A national id', () => {
  for (const [country, id, code] of refusals) {
    test(`is refused as ${code}: "${id}" of "${country}"`, ({ assert }) => {
      assert.deepEqual(validateNationalId(id, country), { ok: false, code })
    })
  }

  for (const [country, id, normalised] of accepted) {
    test(`is accepted in the way people write it: "${id}" of ${country}`, ({ assert }) => {
      assert.deepEqual(validateNationalId(id, country), {
        ok: true,
        normalised,
        check: country === 'FR' ? 'checksum' : 'shape',
      })
    })
  }

  test('of France is refused with any one digit changed', ({ assert }) => {
    const id = '295109912611193'
    for (let index = 0; index < id.length; index++) {
      const other = id.slice(0, index) + ((Number(id[index]) + 1) % 10) + id.slice(index + 1)
      assert.isFalse(validateNationalId(other, 'FR').ok, other)
    }
  })

  test('has one form to compare by, and that form is accepted again', ({ assert }) => {
    assert.equal(normaliseNationalId(' ab-12.3/4 '), 'AB1234')
    for (const [country, id, normalised] of accepted) {
      const again = validateNationalId(normalised, country)
      assert.equal(again.ok && again.normalised, normaliseNationalId(id))
    }
  })

  test('is checked for the countries of the specification and generic', ({ assert }) => {
    const expected = ['BF', 'CI', 'CM', 'DZ', 'FR', 'MA', 'ML', 'SN', 'TN', 'generic']
    assert.sameMembers([...NATIONAL_ID_COUNTRIES], expected)
  })
})
