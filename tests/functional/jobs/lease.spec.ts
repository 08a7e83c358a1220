import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { moveClock } from '#app/core/clock'
import { LeaseLost, withLease, type Lease } from '#app/jobs/lease'
import { newMark } from '#app/jobs/process_mark'

const named = () => `test:${randomUUID()}`
const MS = 30_000

/** Takes a lease that stays held until `end` is called. */
async function holding(name: string, ms = MS) {
  let end!: () => void
  const until = new Promise<void>((resolve) => (end = resolve))
  const lease = await new Promise<Lease>((resolve) => {
    void withLease(name, ms, async (held) => {
      resolve(held)
      await until
    })
  })
  return { lease, end }
}

const stands = (lease: Lease) => db.transaction((trx) => lease.assertIn(trx))
const rowOf = (name: string) => db.from('leases').where('name', name).firstOrFail()

test.group('A lease', (group) => {
  group.each.setup(() => () => moveClock(0))

  test('is not given to a second while a first holds it, and is free once the work has ended or failed', async ({
    assert,
  }) => {
    const name = named()
    const { end } = await holding(name)
    assert.isNull(await withLease(name, MS, async () => 'done'))
    end()
    await sleep(20)
    assert.equal(await withLease(name, MS, async () => 'done'), 'done')
    await assert.rejects(
      () =>
        withLease(name, MS, async () => {
          throw new Error('broken')
        }),
      'broken'
    )
    assert.equal(await withLease(name, MS, async () => 'done'), 'done')
  })

  test('is given to one of many that ask at the same moment, each holder with a higher fence', async ({ assert }) => {
    const name = named()
    for (const fence of [1, 2, 3]) {
      const asked = await Promise.all(
        [1, 2, 3, 4, 5].map(() =>
          withLease(name, MS, async (lease) => {
            await sleep(50)
            return lease.fence
          })
        )
      )
      assert.deepEqual(
        asked.filter((one) => one !== null),
        [fence]
      )
    }
  })

  test('is another’s after its time; whoever held it writes nothing more, and gives back nothing', async ({
    assert,
  }) => {
    const name = named()
    const first = await holding(name)
    await stands(first.lease)
    moveClock(MS - 1000)
    assert.isNull(await withLease(name, MS, async () => 'done'))
    moveClock(MS + 1000)
    const second = await holding(name)
    assert.equal(second.lease.fence, first.lease.fence + 1)
    await assert.rejects(() => stands(first.lease), LeaseLost as never)
    assert.isTrue(first.lease.signal.aborted)
    first.end()
    await sleep(20)
    await stands(second.lease)
    assert.isFalse(second.lease.signal.aborted)
    second.end()
  })

  test('is not taken over between the look at it and the end of the step', async ({ assert }) => {
    const name = named()
    const { lease, end } = await holding(name)
    const steps: string[] = []
    moveClock(MS + 1000)
    let rival: Promise<unknown> | undefined
    await db.transaction(async (trx) => {
      await lease.assertIn(trx)
      rival = withLease(name, MS, async () => void steps.push('taken over'))
      await sleep(200)
      steps.push('committed')
    })
    await rival
    assert.deepEqual(steps, ['committed', 'taken over'])
    end()
  })

  test('is prolonged as long as the work lasts', async ({ assert }) => {
    const name = named()
    const { lease, end } = await holding(name, 3_000)
    const { until } = await rowOf(name)
    await sleep(3_500)
    assert.isNull(await withLease(name, 3_000, async () => 'done'))
    assert.isFalse(lease.signal.aborted)
    const prolonged = await rowOf(name)
    assert.isAbove(Date.parse(prolonged.until), Date.parse(until))
    end()
  })

  test('whose process is gone from this machine is taken at once, and one of another machine only after its time', async ({
    assert,
  }) => {
    const [place] = newMark().split('.')
    const { pid } = spawnSync(process.execPath, ['--version'])
    const asked = []
    for (const mark of [`${place}.${pid}.dead`, `${place}.${process.pid}.alive`, `elsewhere.${pid}.unknown`]) {
      const name = named()
      const { end } = await holding(name)
      await db.from('leases').where('name', name).update({ holder: mark })
      asked.push(await withLease(name, MS, async () => mark.split('.').at(-1)!))
      end()
    }
    assert.deepEqual(asked, ['dead', null, null])
  })
})
