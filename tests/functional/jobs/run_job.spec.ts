import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import { moveClock } from '#app/core/clock'
import { Forbidden } from '#app/core/problem'
import Job from '#app/jobs/job'
import { withLease } from '#app/jobs/lease'
import { runDueJob, runJob } from '#app/jobs/run_job'
import { callerOf, someone } from '#tests/acting'
import { onSteps, startCounting, stepsOf, upTo, withCounting } from '#tests/functional/jobs/counting'

const never = new AbortController().signal
const named = () => randomUUID()
const rowOf = (uuid: string) => Job.query().where('uuid', uuid).firstOrFail()

test.group('A job', (group) => {
  group.setup(withCounting)
  group.each.setup(() => () => moveClock(0))

  test('is run to its end, telling how far it is, and once only', async ({ assert }) => {
    const name = named()
    const job = await startCounting({ name, steps: 3 })
    const told: object[] = []
    assert.equal(await runJob(job.uuid, { onProgress: (progress) => told.push(progress) }), 'done')
    assert.equal(await runJob(job.uuid), 'done')
    await runDueJob(job.uuid, never)
    assert.deepEqual(await stepsOf(name), [1, 2, 3])
    assert.deepEqual(
      told,
      upTo(3).map((done) => ({ done, total: 3 }))
    )
    const { state, done, total, position, endedAt, startedAt } = await rowOf(job.uuid)
    assert.deepEqual({ state, done, total, position }, { state: 'done', done: 3, total: 3, position: '3' })
    assert.isNotNull(endedAt)
    assert.isNotNull(startedAt)
  })

  test('is not run by a second one while a first has it in hand', async ({ assert }) => {
    const name = named()
    const job = await startCounting({ name, steps: 2 })
    const held = withLease(`job:${job.uuid}`, 30_000, async () => runJob(job.uuid))
    assert.equal(await held, 'elsewhere')
    assert.deepEqual(await stepsOf(name), [])
    assert.equal(await runJob(job.uuid), 'done')
  })

  test('that breaks off keeps what it has done, waits longer each time, and has failed after ten attempts without a step', async ({
    assert,
  }) => {
    const name = named()
    const job = await startCounting({ name, steps: 3 }, { inBackground: true })
    onSteps(name, {
      within: (_, step) => {
        if (step === 2) throw new Error('somebody’s name')
      },
    })
    const pauses: number[] = []
    let at = 0
    for (let attempt = 0; attempt < 12; attempt++) {
      moveClock(at)
      await runDueJob(job.uuid, never)
      const { state, notBefore, problem } = await rowOf(job.uuid)
      assert.equal(problem, 'unexpected')
      if (state === 'failed') break
      const before = (await stepsOf(name)).length
      await runDueJob(job.uuid, never)
      assert.lengthOf(await stepsOf(name), before)
      const pause = notBefore.getTime() - Date.now() - at
      pauses.push(Math.ceil(pause / 1000))
      at += pause + 1000
    }
    assert.deepEqual(await stepsOf(name), [1])
    const failed = await rowOf(job.uuid)
    assert.deepInclude(
      { state: failed.state, problem: failed.problem, position: failed.position },
      { state: 'failed', problem: 'unexpected', position: '1' }
    )
    assert.deepEqual(pauses.slice(0, 4), [5, 5, 10, 20])
    assert.equal(Math.max(...pauses), 600)

    onSteps(name, {})
    await runDueJob(job.uuid, never)
    assert.deepEqual(await stepsOf(name), [1])
    assert.equal(await runJob(job.uuid), 'done')
    assert.deepEqual(await stepsOf(name), [1, 2, 3])
  })

  test('that a rule refuses has failed at once', async ({ assert }) => {
    const name = named()
    const job = await startCounting({ name, steps: 3 }, { inBackground: true })
    onSteps(name, {
      within: () => {
        throw new Forbidden('forbidden')
      },
    })
    await assert.rejects(() => runJob(job.uuid), 'forbidden')
    const { state, problem } = await rowOf(job.uuid)
    assert.deepEqual({ state, problem }, { state: 'failed', problem: 'forbidden' })
  })

  test('at which ten processes died without a step forward is left alone', async ({ assert }) => {
    const name = named()
    const job = await startCounting({ name, steps: 1 }, { inBackground: true })
    await job.merge({ state: 'running', attempts: 10 }).save()
    await runDueJob(job.uuid, never)
    const { state, problem } = await rowOf(job.uuid)
    assert.deepEqual({ state, problem }, { state: 'failed', problem: 'died' })
  })

  test('is left to the command that started it for a moment, then a server takes it', async ({ assert }) => {
    const name = named()
    const job = await startCounting({ name, steps: 1 })
    await runDueJob(job.uuid, never)
    assert.deepEqual(await stepsOf(name), [])
    moveClock(10_500)
    await runDueJob(job.uuid, never)
    assert.deepEqual(await stepsOf(name), [1])
  })

  test('is ended with its server after the step in hand, and goes on there', async ({ assert }) => {
    const name = named()
    const job = await startCounting({ name, steps: 5 }, { inBackground: true })
    const ending = new AbortController()
    onSteps(name, { within: (_, step) => void (step === 2 && ending.abort()) })
    await runDueJob(job.uuid, ending.signal)
    const { state, position, problem } = await rowOf(job.uuid)
    assert.deepEqual({ state, position, problem }, { state: 'running', position: '2', problem: null })
    onSteps(name, {})
    await runDueJob(job.uuid, never)
    assert.deepEqual(await stepsOf(name), upTo(5))
  })

  test('runs as whoever asked for it, with what they may by now', async ({ assert }) => {
    const name = named()
    const admin = await someone('admin')
    const job = await startCounting({ name, steps: 1 }, { caller: callerOf(admin) })
    let seen: unknown[] = []
    onSteps(name, {
      within: ({ caller, uuid }) => {
        seen = [caller.user.uuid, caller.via, caller.requestId === uuid, caller.user.can('keys.manage')]
      },
    })
    await runJob(job.uuid)
    assert.deepEqual(seen, [admin.uuid, 'job', true, true])
  })

  test('of which one is enough is started once, also by several at the same moment, and again once it is done', async ({
    assert,
  }) => {
    const name = named()
    const started = await Promise.all([1, 2, 3, 4].map(() => startCounting({ name, steps: 1 }, { onlyOne: true })))
    assert.equal(new Set(started.map(({ uuid }) => uuid)).size, 1)
    await runJob(started[0]!.uuid)
    const next = await startCounting({ name, steps: 1 }, { onlyOne: true })
    assert.notEqual(next.uuid, started[0]!.uuid)
    await runJob(next.uuid)
  })
})
