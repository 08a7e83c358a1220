import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { now } from '#app/core/clock'
import { beginEpoch, beginFirstEpoch } from '#app/sync/begin_epoch'
import { KEPT_DAYS } from '#app/sync/protocol'
import { syncState } from '#app/sync/sync_position'

const DAY = 86_400_000
const daysAgo = (days: number) => new Date(now().getTime() - days * DAY)

/** The state as it was left by whoever came last, whatever is tried on it. */
async function tried(restores: Date[]) {
  const before = await syncState(db.connection())
  const trx = await db.transaction()
  try {
    const epochs = new Set([before.epoch])
    for (const restoredTo of restores) {
      await beginEpoch(trx, restoredTo)
      epochs.add((await syncState(trx)).epoch)
    }
    return { epochs: epochs.size, restoredTo: (await syncState(trx)).restoredTo }
  } finally {
    await trx.rollback()
  }
}

test.group('A new epoch', () => {
  test('is another one, and says up to when the backup reaches', async ({ assert }) => {
    const at = daysAgo(2)
    assert.deepEqual(await tried([at]), { epochs: 2, restoredTo: at.toISOString() })
  })

  test('keeps the earlier moment of two, for whoever was away during both', async ({ assert }) => {
    const [early, late] = [daysAgo(KEPT_DAYS.acknowledged - 1), daysAgo(1)]
    assert.deepEqual(await tried([early, late]), { epochs: 3, restoredTo: early.toISOString() })
    assert.deepEqual(await tried([late, early]), { epochs: 3, restoredTo: early.toISOString() })
    const between = daysAgo(20)
    assert.deepEqual(await tried([between, early, late]), { epochs: 4, restoredTo: early.toISOString() })
  })

  test('forgets one from which no device has kept anything', async ({ assert }) => {
    const [old, late] = [daysAgo(KEPT_DAYS.acknowledged + 1), daysAgo(1)]
    assert.deepEqual(await tried([old, late]), { epochs: 3, restoredTo: late.toISOString() })
  })

  test('is made for a database without one, and is kept by what prepares it again', async ({ assert }) => {
    const trx = await db.transaction()
    try {
      const { epoch } = await syncState(trx)
      await beginFirstEpoch(trx)
      assert.equal((await syncState(trx)).epoch, epoch)
      await trx.from('sync_state').delete()
      await beginFirstEpoch(trx)
      const made = await syncState(trx)
      assert.notEqual(made.epoch, epoch)
      assert.isNull(made.restoredTo)
    } finally {
      await trx.rollback()
    }
  })
})
