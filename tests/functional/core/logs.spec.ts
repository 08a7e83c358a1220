import { Writable } from 'node:stream'
import { Logger } from '@adonisjs/core/logger'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import loggerConfig from '#config/logger'
import { newUuid } from '#app/core/ids'
import { INSTANT } from '#tests/functional/core/probe'

/** What the application's logger writes of an error. */
async function logged(error: unknown): Promise<string> {
  let text = ''
  const destination = new Writable({
    write(chunk, _encoding, done) {
      text += chunk
      done()
    },
  })
  const { redact } = loggerConfig.loggers.app
  new Logger({ enabled: true, level: 'error', redact, destination } as never).error({ err: error }, 'unexpected error')
  return text
}

test.group('The log', () => {
  test('shows which statement failed, and none of the values in it', async ({ assert }) => {
    const row = { uuid: newUuid(), name: 'Fatoumata Secret', language: 'fr', created_at: INSTANT, updated_at: INSTANT }
    await db.table('users').insert(row)
    for (const fail of [
      () => db.table('users').insert(row),
      () =>
        db.rawQuery(
          'insert into users (uuid, name, language, created_at, updated_at) values (?, ?, ?, ?, ?)',
          Object.values(row)
        ),
      () => db.from('users').where('name', 'Fatoumata Secret').whereRaw('no_such_column = ?', ['Secret']),
    ]) {
      const error = await fail().then(
        () => assert.fail('no error'),
        (thrown: unknown) => thrown
      )
      const text = await logged(error)
      assert.include(text, 'users')
      assert.notInclude(text, 'Secret')
    }
  })

  test('control: an error that quotes the values would show them', async ({ assert }) => {
    const error = Object.assign(new Error(`insert … values ('Fatoumata Secret')`), { sql: 'Secret' })
    assert.include(await logged(error), 'Fatoumata Secret')
  })
})
