import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import Sqlite from 'better-sqlite3'
import { newUuid } from '#app/core/ids'
import { anEmptyHome, runProgram, start } from '#tests/functional/cli/medinfo'

const AT = '2026-01-01 00:00:00.000'

/** Asks again until there is an answer; the test's own time limit ends it. */
async function until<T>(ask: () => Promise<T | undefined> | T | undefined): Promise<T> {
  for (;;) {
    const answer = await ask()
    if (answer !== undefined) return answer
    await sleep(100)
  }
}

test.group('A server that runs', () => {
  test('sends what is in the queue, and ends cleanly', async ({ assert, cleanup }) => {
    const { home, remove } = await anEmptyHome()
    cleanup(remove)
    const up = await start(home, ['up', '--port', '0', '--empty', '--json'])
    cleanup(() => void up.child.kill('SIGKILL'))
    await up.says('\n}')
    const database = new Sqlite(join(home, 'data/medinfo.sqlite'))
    cleanup(() => void database.close())
    const uuid = newUuid()
    database
      .prepare(
        `insert into mails (uuid, kind, recipient, language, state, attempts, due_at, created_at, updated_at)
         values (?, 'no_account', 'awa@example.org', 'fr', 'waiting', 0, ?, ?, ?)`
      )
      .run(uuid, AT, AT, AT)
    const folder = join(home, 'data/mails')
    const file = await until(async () => (await readdir(folder).catch(() => [])).find((name) => name.endsWith('.eml')))
    assert.include(file, uuid)
    assert.include(await readFile(join(folder, file), 'utf8'), 'awa@example.org')
    const state = () => database.prepare('select state, recipient from mails').get() as { state: string }
    await until(() => (state().state === 'sent' ? true : undefined))
    assert.deepEqual(state(), { state: 'sent', recipient: null } as never)
    up.child.kill('SIGTERM')
    const { code, err } = await up.ended
    assert.equal(code, 0, err)
  }).timeout(60_000)

  test('does not start with a mail server that is none, and does not tell its password', async ({
    assert,
    cleanup,
  }) => {
    const { home, remove } = await anEmptyHome()
    cleanup(remove)
    const settings = { MAIL_DSN: 'http://user:hunter2@example.org' }
    const { code, out, err } = await runProgram(home, ['up', '--port', '0', '--empty'], settings)
    assert.equal(code, 1)
    assert.include(err, 'MAIL_DSN')
    assert.notInclude(out + err, 'hunter2')
  }).timeout(60_000)
})
