import { test } from '@japa/runner'
import { normalisePhone } from '#app/patients/phone'

const unreadable: [value: string, country: string, why: string][] = [
  ['', 'SN', 'is empty'],
  ['   ', 'SN', 'is blank'],
  ['77 123 45', 'SN', 'is too short'],
  ['77 123 45 67 89 01', 'SN', 'is too long'],
  ['22 123 45 67', 'SN', 'begins as no number of the country does'],
  ['77 123 45 67', 'generic', 'is local to no country'],
  ['77 123 45 67', '', 'is local to no country'],
  ['77 123 45 67', 'XX', 'is local to a country that does not exist'],
  ['06 12 34 56 78', 'generic', 'is local to no country'],
  ['+999 123 456 789', 'SN', 'has a country code that does not exist'],
  ['voir dossier', 'SN', 'is a remark'],
  ['voir 77 123 45 67', 'SN', 'is a number in a remark'],
  ['0000000000', 'FR', 'is filler'],
]

const readable: [value: string, country: string, e164: string][] = [
  ['77 123 45 67', 'SN', '+221771234567'],
  ['771234567', 'SN', '+221771234567'],
  ['(+221) 77-123-45-67', 'FR', '+221771234567'],
  ['00 221 77 123 45 67', 'generic', '+221771234567'],
  ['00221771234567', 'CI', '+221771234567'],
  ['+221 77.123.45.67', 'generic', '+221771234567'],
  ['06 12 34 56 78', 'FR', '+33612345678'],
  ['+33 (0)6 12 34 56 78', 'generic', '+33612345678'],
  ['0661234567', 'MA', '+212661234567'],
  ['0550 12 34 56', 'DZ', '+213550123456'],
  ['20 123 456', 'TN', '+21620123456'],
  ['07 07 12 34 56', 'CI', '+2250707123456'],
  ['6 77 12 34 56', 'CM', '+237677123456'],
  ['66 12 34 56', 'ML', '+22366123456'],
  ['70 12 34 56', 'BF', '+22670123456'],
  ['٠٦٦١٢٣٤٥٦٧', 'MA', '+212661234567'],
]

test.group('A phone number', () => {
  for (const [value, country, why] of unreadable) {
    test(`is not made up when it ${why}: "${value}" (${country})`, ({ assert }) => {
      assert.isNull(normalisePhone(value, country))
    })
  }

  for (const [value, country, e164] of readable) {
    test(`is read as people of ${country} write it: ${value}`, ({ assert }) => {
      assert.equal(normalisePhone(value, country), e164)
    })
  }

  test('stays as it is when it is read again', ({ assert }) => {
    for (const [, , e164] of readable) assert.equal(normalisePhone(e164, 'generic'), e164)
  })
})
