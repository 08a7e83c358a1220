import { setTimeout as wait } from 'node:timers/promises'
import { test } from '@japa/runner'
import { Engine } from '#pwa/sync/engine'
import { Rounds } from '#pwa/sync/rounds'
import { openDevice, TestClock } from './device.js'
import { SmallServer } from './small_server.js'

/** A device whose rounds are due by a clock that stands; `asked` is what has reached the line. */
async function device() {
  const clock = new TestClock()
  const line = new Line()
  line.patient('01890000-0000-7000-8000-000000000001')
  const store = await openDevice({ clock })
  const failures: unknown[] = []
  const engine = new Engine(store, line)
  await engine.round()
  line.asked = 0
  const rounds = new Rounds(
    engine,
    clock,
    (error) => failures.push(error),
    () => 0.5
  )
  return { clock, line, rounds, failures }
}

/** A line whose faults take until somebody lets them happen. */
class Line extends SmallServer {
  asked = 0
  held: (() => void) | null = null
  holds = false

  override async exchange(request: Parameters<SmallServer['exchange']>[0]) {
    this.asked += 1
    if (this.holds) await new Promise<void>((resolve) => (this.held = resolve))
    return super.exchange(request)
  }
}

const until = async (isSo: () => boolean) => {
  for (let turns = 0; turns < 2_000 && !isSo(); turns++) await wait(1)
  if (!isSo()) throw new Error('It did not come to that')
}
/** Whatever the round still had to do is done. */
const settled = () => wait(30)

test.group('When a device talks to its server', () => {
  test('a round without a line is tried again after two seconds, then after four', async ({ assert }) => {
    const { clock, line, rounds, failures } = await device()
    line.faults = ['lost request', 'lost request', 'lost request']
    rounds.start()
    clock.pass(300)
    await until(() => line.asked === 1)
    await settled()
    clock.pass(1_000)
    await settled()
    assert.equal(line.asked, 1)
    clock.pass(500)
    await until(() => line.asked === 2)
    await settled()
    clock.pass(2_900)
    await settled()
    assert.equal(line.asked, 2)
    clock.pass(100)
    await until(() => line.asked === 3)
    rounds.stop()
    assert.deepEqual(failures, [])
  })

  test('a line that is back while a round without it ends is tried at once', async ({ assert }) => {
    const { clock, line, rounds } = await device()
    line.faults = ['lost request']
    line.holds = true
    rounds.start()
    clock.pass(300)
    await until(() => line.held !== null)
    rounds.soon()
    line.holds = false
    line.held!()
    await settled()
    assert.equal(line.asked, 1)
    clock.pass(300)
    await until(() => line.asked === 2)
    rounds.stop()
    assert.equal(line.asked, 2)
  })
})
