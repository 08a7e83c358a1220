import { test } from '@japa/runner'
import { newUuid } from '#app/core/ids'
import { databaseCounter } from '#app/throttles/database_counter'
import type { TryCounter } from '#app/throttles/try_counter'

/** The counter as another process has it: its own queue, and the same table. */
async function ofAnotherProcess(): Promise<TryCounter> {
  const address = new URL('../../../app/throttles/database_counter.ts?another', import.meta.url)
  return (await import(address.href)).databaseCounter
}

test.group('Tries that two processes count', () => {
  test('at the same moment do not pass the last slot together, and are given back to the same bucket', async ({
    assert,
  }) => {
    const other = await ofAnotherProcess()
    assert.notStrictEqual(other, databaseCounter)
    const bucket = { key: `tests:${newUuid()}`, burst: 7, everyMs: 600_000 }
    const round = () =>
      Promise.all(Array.from({ length: 24 }, (_, n) => (n % 2 ? other : databaseCounter).take([bucket])))
    const taken = (refusals: unknown[]) => refusals.filter((refusal) => refusal === null).length
    assert.equal(taken(await round()), 7)
    await Promise.all([databaseCounter.giveBack([bucket]), other.giveBack([bucket]), other.giveBack([bucket])])
    assert.equal(taken(await round()), 3)
  })
})
