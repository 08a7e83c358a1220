import { test } from '@japa/runner'
import { addressLines } from '#cli/address_lines'

test.group('The addresses that up tells', () => {
  test('what is said of each begins in the same column, and the app comes first', ({ assert }) => {
    const lines = addressLines(['https://192.0.2.2:3333', 'https://[2001:db8::2]:3333', 'https://localhost:3333'])
    const parts = lines.map((line) => /^ {2}(\S+)( +)\S/.exec(line)!)
    assert.deepEqual(
      parts.map(([, address]) => address),
      [
        'https://192.0.2.2:3333/app/',
        'https://192.0.2.2:3333',
        'https://[2001:db8::2]:3333/app/',
        'https://localhost:3333/app/',
      ]
    )
    assert.lengthOf([...new Set(parts.map(([whole]) => whole.length))], 1)
  })
})
