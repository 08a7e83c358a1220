import { test } from '@japa/runner'
import { loggable } from '#app/core/loggable'

const quoting = (code: string) =>
  Object.assign(new Error(`insert into patients (family_name) values ('Diallo') - ${code}: Duplicate entry 'Diallo'`), {
    code,
  })

test.group('An error in a log', () => {
  for (const code of ['ER_DUP_ENTRY', 'SQLITE_CONSTRAINT_UNIQUE', 'PROTOCOL_CONNECTION_LOST']) {
    test(`keeps the values of a statement out of the log (${code})`, ({ assert }) => {
      const outer = new Error('unavailable', { cause: quoting(code) })
      assert.notInclude(JSON.stringify([loggable(quoting(code)), loggable(outer)]), 'Diallo')
      assert.equal(loggable(quoting(code)).code, code)
    })
  }

  test('keeps out of the log what was read as JSON and is none', ({ assert }) => {
    for (const text of ['Diallo', '{"reactions":["Diallo"'])
      try {
        JSON.parse(text)
        assert.fail('it was read')
      } catch (error) {
        assert.notInclude(JSON.stringify(loggable(error)), 'Dia')
      }
  })

  test('keeps the message and the places of any other error', ({ assert }) => {
    const shown = loggable(new TypeError('no such thing'))
    assert.equal(shown.message, 'no such thing')
    assert.include(String(shown.stack), 'loggable.spec')
  })
})
