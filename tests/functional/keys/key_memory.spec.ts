import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { dataKeysById, forgetDataKeys } from '#app/keys/data_keys'
import { manyDataKeys } from '#tests/functional/keys/rotating'

const AT_ONCE = 500
const KEPT = 20_000

test('of more than twenty thousand patients’ keys the first ones are forgotten', async ({ assert, cleanup }) => {
  forgetDataKeys()
  const ids: Buffer[] = []
  cleanup(async () => {
    forgetDataKeys()
    for (let at = 0; at < ids.length; at += AT_ONCE)
      await db
        .from('data_keys')
        .whereIn('id', ids.slice(at, at + AT_ONCE))
        .delete()
  })
  while (ids.length <= KEPT) {
    const rows = await db
      .from('data_keys')
      .whereIn('subject_uuid', await manyDataKeys(AT_ONCE))
      .select('id')
    const some = rows.map(({ id }) => id as Buffer)
    ids.push(...some)
    await dataKeysById(some, db.connection())
  }
  const [first, last] = [ids[0]!, ids.at(-1)!]
  await db.from('data_keys').whereIn('id', [first, last]).update({ state: 'shredded' })
  const held = await dataKeysById([first, last], db.connection())
  assert.deepEqual([...held.keys()], [last.toString('latin1')])
}).timeout(60_000)
