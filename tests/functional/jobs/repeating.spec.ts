import { randomUUID } from 'node:crypto'
import { Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { Logger } from '@adonisjs/core/logger'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import Job from '#app/jobs/job'
import JobsProvider from '#app/jobs/jobs_provider'
import { repeat, repeating } from '#app/jobs/repeating'
import { onSteps, startCounting, stepsOf, upTo, withCounting } from '#tests/functional/jobs/counting'

async function until(isSo: () => boolean | Promise<boolean>) {
  while (!(await isSo())) await sleep(5)
}

/** A logger, and the lines that it wrote. */
function logged() {
  const lines: { level: number; err?: { message: string } }[] = []
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(String(chunk)))
      done()
    },
  })
  return { lines, logger: new Logger({ enabled: true, level: 'info', destination } as never) }
}

test.group('What one of several servers does again and again', (group) => {
  group.setup(withCounting)

  test('is done by one at a time, and by another once that one ends', async ({ assert }) => {
    const name = `test.${randomUUID()}`
    const doing: number[] = []
    const ends = [0, 1, 2].map(() => new AbortController())
    const { logger } = logged()
    const servers = ends.map(({ signal }, server) =>
      repeat(
        repeating(name, 5, async () => void doing.push(server)),
        signal,
        logger
      )
    )
    await until(() => doing.length > 5)
    assert.equal(new Set(doing).size, 1)
    const [holder] = doing
    ends[holder!]!.abort()
    await servers[holder!]
    doing.length = 0
    await until(() => doing.length > 5)
    assert.equal(new Set(doing).size, 1)
    assert.notEqual(doing[0], holder)
    for (const end of ends) end.abort()
    await Promise.all(servers)
  })

  test('tells a failure once, and that it works again', async ({ assert }) => {
    const { lines, logger } = logged()
    const end = new AbortController()
    let times = 0
    const server = repeat(
      repeating(`test.${randomUUID()}`, 5, async () => {
        if (++times <= 3) throw new Error('gone')
        if (times === 6) throw new Error('gone again')
      }),
      end.signal,
      logger
    )
    await until(() => times > 8)
    end.abort()
    await server
    assert.deepEqual(
      lines.map(({ level, err }) => [level, err?.message]),
      [
        [50, 'gone'],
        [30, undefined],
        [50, 'gone again'],
        [30, undefined],
      ]
    )
  })

  test('runs jobs; a server that ends finishes the step in hand, and the next server goes on there', async ({
    assert,
  }) => {
    const name = randomUUID()
    const { uuid } = await startCounting({ name, steps: 5 }, { inBackground: true })
    const first = new JobsProvider(app)
    let ended: Promise<void> | undefined
    onSteps(name, { within: (_, step) => void (step === 2 && (ended = first.shutdown())) })
    await first.ready()
    await until(() => ended !== undefined)
    await ended
    assert.deepEqual(await stepsOf(name), [1, 2])
    onSteps(name, {})
    const second = new JobsProvider(app)
    await second.ready()
    await until(async () => (await Job.findByOrFail('uuid', uuid)).state === 'done')
    await second.shutdown()
    assert.deepEqual(await stepsOf(name), upTo(5))
  })
})
