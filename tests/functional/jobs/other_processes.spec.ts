import { spawn, type ChildProcess } from 'node:child_process'
import { randomInt, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { test } from '@japa/runner'
import { moveClock } from '#app/core/clock'
import Job from '#app/jobs/job'
import { runJob } from '#app/jobs/run_job'
import { APP_ROOT } from '#start/ignition'
import { startCounting, stepsOf, upTo, withCounting } from '#tests/functional/jobs/counting'

interface Runner {
  child: ChildProcess
  /** Each line that it says. */
  lines: AsyncIterableIterator<string>
  ended: Promise<unknown>
}

const PROGRAM = fileURLToPath(new URL('./counting_process.ts', import.meta.url))

function runner(uuid: string, ...more: string[]): Runner {
  const program = ['--import', '@poppinss/ts-exec', PROGRAM, uuid, ...more]
  const child = spawn(process.execPath, program, { cwd: APP_ROOT, stdio: ['ignore', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]()
  return { child, lines, ended: once(child, 'close') }
}

const KILLS = 20
const STEPS = 300

test.group('A job in other processes', (group) => {
  group.setup(withCounting)
  group.each.setup(() => () => moveClock(0))

  test('does each step exactly once while whoever has it in hand is killed again and again', async ({ assert }) => {
    const name = randomUUID()
    const { uuid } = await startCounting({ name, steps: STEPS, pauseMs: 2 })
    // A second process is waiting to take over at any moment.
    const runners = [runner(uuid, 'insist'), runner(uuid, 'insist')]
    const first = (one: Runner) => one.lines.next().then((line) => ({ one, line }))
    const waiting = new Map(runners.map((one) => [one, first(one)]))
    for (let kill = 0; kill < KILLS; kill++) {
      const { one, line } = await Promise.race(waiting.values())
      assert.match(String(line.value), /^step /)
      await sleep(randomInt(15))
      one.child.kill('SIGKILL')
      await one.ended
      waiting.delete(one)
      const next = runner(uuid, 'insist')
      waiting.set(next, first(next))
    }
    await Promise.all([...waiting.keys()].map(({ ended, lines }) => drained(lines).then(() => ended)))
    assert.deepEqual(await stepsOf(name), upTo(STEPS))
    const { state, done } = await Job.query().where('uuid', uuid).firstOrFail()
    assert.deepEqual({ state, done }, { state: 'done', done: STEPS })
  }).timeout(180_000)

  test('is taken from one that was stopped, who writes nothing more when it comes back', async ({
    assert,
    cleanup,
  }) => {
    const name = randomUUID()
    const { uuid } = await startCounting({ name, steps: 20, pauseMs: 300 })
    const stopped = runner(uuid)
    cleanup(() => void stopped.child.kill('SIGKILL'))
    // Between two steps: within one it would hold the database's locks until its connection ends.
    assert.equal((await stopped.lines.next()).value, 'step 1')
    stopped.child.kill('SIGSTOP')
    assert.equal(await runJob(uuid), 'elsewhere')
    moveClock(31_000)
    assert.equal(await runJob(uuid), 'done')
    stopped.child.kill('SIGCONT')
    assert.equal((await drained(stopped.lines)).at(-1), 'elsewhere')
    await stopped.ended
    assert.deepEqual(await stepsOf(name), upTo(20))
  }).timeout(120_000)
})

async function drained(lines: AsyncIterableIterator<string>): Promise<string[]> {
  const said: string[] = []
  for await (const line of lines) said.push(line)
  return said
}
