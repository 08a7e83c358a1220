import { setTimeout as sleep } from 'node:timers/promises'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { RepeatingProvider } from '#app/core/repeating_provider'
import LastUseProvider from '#app/tokens/last_use_provider'
import DevicesProvider from '#app/sync/devices_provider'
import SyncProvider from '#app/sync/sync_provider'

class Counting extends RepeatingProvider {
  protected readonly everyMs = 5
  protected readonly failure = 'nothing was counted'
  count = 0
  fails = false

  constructor(protected readonly alsoAtEnd: boolean) {
    super(app)
  }

  protected async work() {
    this.count++
    if (this.fails) throw new Error('gone')
  }
}

/** Until it has worked so many times. */
async function untilCounted(counting: Counting, times: number) {
  while (counting.count < times) await sleep(5)
}

test.group('What a server does again and again', () => {
  test('goes on after a failure, and ends with the server', async ({ assert }) => {
    const counting = new Counting(false)
    counting.fails = true
    await counting.ready()
    await untilCounted(counting, 2)
    counting.fails = false
    await untilCounted(counting, counting.count + 2)
    await counting.shutdown()
    const { count } = counting
    await sleep(30)
    assert.equal(counting.count, count)
  })

  test('is done once more at the end where something would be lost, and a failure does not keep the server', async ({
    assert,
  }) => {
    for (const [alsoAtEnd, times] of [
      [true, 1],
      [false, 0],
    ] as const) {
      const counting = new Counting(alsoAtEnd)
      counting.fails = true
      await counting.shutdown()
      assert.equal(counting.count, times)
    }
    const atEnd = [LastUseProvider, DevicesProvider, SyncProvider].map((Provider) =>
      Reflect.get(new Provider(app), 'alsoAtEnd')
    )
    assert.deepEqual(atEnd, [true, true, false])
  })
})
