import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { newUuid } from '#app/core/ids'
import Job from '#app/jobs/job'
import { listJobs, showJob } from '#app/jobs/list_jobs'
import { retryJob } from '#app/jobs/retry_job'
import { runJob } from '#app/jobs/run_job'
import { callerOf, someone } from '#tests/acting'
import { onSteps, startCounting, withCounting } from '#tests/functional/jobs/counting'

/** What the audit says of one job: action, outcome and code, the latest last. */
async function auditOf(uuid: string) {
  const rows = await db.from('audit_logs').where('entity_uuid', uuid).orderBy('id')
  return rows.map(({ action, outcome, details }) => [action, outcome, JSON.parse(details).code])
}

test.group('Who looks after jobs', (group) => {
  group.setup(withCounting)

  test('a doctor neither sees jobs nor tries them again; an admin does, and the audit says both', async ({
    assert,
  }) => {
    const name = newUuid()
    const job = await startCounting({ name, steps: 2 })
    onSteps(name, {
      within() {
        throw new Error('broken')
      },
    })
    await assert.rejects(() => runJob(job.uuid), 'broken')
    const [doctor, admin] = [callerOf(await someone('doctor')), callerOf(await someone('admin'))]
    await assert.rejects(() => listJobs(doctor, {}), 'forbidden')
    await assert.rejects(() => showJob(doctor, { id: job.uuid }), 'forbidden')
    await assert.rejects(() => retryJob(doctor, { id: job.uuid }), 'forbidden')
    assert.equal((await showJob(admin, { id: job.uuid })).problem, 'unexpected')
    assert.equal((await retryJob(admin, { id: job.uuid })).attempts, 0)
    assert.deepEqual(await auditOf(job.uuid), [
      ['jobs.show', 'refused', 'forbidden'],
      ['jobs.retry', 'refused', 'forbidden'],
      ['jobs.show', 'done', undefined],
      ['jobs.retry', 'done', undefined],
    ])
    onSteps(name, {})
    await runJob(job.uuid)
  })

  test('one that runs, or is done, is not to be tried again', async ({ assert }) => {
    const job = await startCounting({ name: newUuid(), steps: 1 })
    for (const state of ['running', 'done']) {
      await Job.query().where('id', job.id).update({ state })
      await assert.rejects(() => retryJob(callerOf(), { id: job.uuid }), 'job_not_waiting')
    }
  })

  test('are listed the latest first, or only those of a kind, or only those that are not finished', async ({
    assert,
  }) => {
    const [one, two] = [
      await startCounting({ name: newUuid(), steps: 1 }),
      await startCounting({ name: newUuid(), steps: 1 }),
    ]
    await runJob(one.uuid)
    const listed = async (input: object) =>
      (await listJobs(callerOf(), { kind: 'tests.count', ...input })).map(({ uuid }) => uuid)
    assert.deepEqual(await listed({ limit: 2 }), [two.uuid, one.uuid])
    assert.include(await listed({ open: true }), two.uuid)
    assert.notInclude(await listed({ open: true }), one.uuid)
    assert.isEmpty(await listJobs(callerOf(), { kind: 'tests.other' }))
    await runJob(two.uuid)
  })
})
