import { randomUUID } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { now, toSqlInstant } from '#app/core/clock'
import { newUuid } from '#app/core/ids'
import { insertRows } from '#app/core/insert_rows'
import { examineJobs } from '#app/setup/examine_jobs'
import { text } from '#cli/texts'
import { medinfo, medinfoJson } from '#tests/functional/cli/medinfo'

interface Some {
  kind: string
  state: string
  /** In days: asked for, and ended where it has. */
  age: number
  endedAge?: number
  problem?: string
  payload?: object
}

const made: string[] = []
const daysAgo = (days: number) => toSqlInstant(new Date(now().getTime() - days * 86_400_000))

async function aJob({ kind, state, age, endedAge, problem, payload }: Some): Promise<string> {
  const uuid = newUuid()
  const row = { uuid, kind, payload: JSON.stringify(payload ?? {}), state, done: 0, attempts: 0 }
  const at = { not_before: daysAgo(age), created_at: daysAgo(age), updated_at: daysAgo(age) }
  const ended = { ended_at: endedAge === undefined ? null : daysAgo(endedAge), problem: problem ?? null }
  made.push(uuid)
  await insertRows(db.connection(), 'jobs', [{ ...row, ...at, ...ended }])
  return uuid
}

test.group('What doctor says of jobs', (group) => {
  group.each.setup(() => async () => void (await db.from('jobs').whereIn('uuid', made.splice(0)).delete()))

  /** Of the jobs of this test alone: code by id. */
  async function told(...ids: string[]): Promise<(string | undefined)[]> {
    const findings = await examineJobs(db.connection())
    return ids.map((id) => findings.find(({ params }) => params?.id === id)?.code)
  }

  test('each that failed this week is told, and none that is done, waits or failed long ago', async ({ assert }) => {
    const kind = 'imports.run'
    const of = (some: Partial<Some>) =>
      aJob({ kind, state: 'failed', age: 2, payload: { path: randomUUID() }, ...some })
    const ids = [
      await of({ endedAge: 2, problem: 'unexpected' }),
      await of({ endedAge: 1, problem: 'died' }),
      await of({ age: 9, endedAge: 8, problem: 'died' }),
      await of({ state: 'waiting' }),
      await of({ state: 'done', endedAge: 2 }),
    ]
    assert.deepEqual(await told(...ids), ['failed', 'failed', undefined, undefined, undefined])
  })

  test('one that was asked for again is told no more', async ({ assert }) => {
    const payload = { path: randomUUID() }
    const first = await aJob({ kind: 'imports.run', state: 'failed', age: 2, endedAge: 2, payload })
    assert.deepEqual(await told(first), ['failed'])
    await aJob({ kind: 'imports.run', state: 'running', age: 0, payload })
    assert.deepEqual(await told(first), [undefined])
  })

  for (const state of ['waiting', 'running'])
    test(`a rotation that is ${state} for more than a day is half-way`, async ({ assert }) => {
      const id = await aJob({ kind: 'keys.rotate_kek', state, age: 1.1 })
      assert.deepEqual(await told(id), ['halfway'])
      await db
        .from('jobs')
        .where('uuid', id)
        .update({ created_at: daysAgo(0.9) })
      assert.deepEqual(await told(id), [undefined])
    })

  test('a rotation that failed is told as failed for a week, then as half-way until it is done', async ({ assert }) => {
    const id = await aJob({ kind: 'keys.rotate_master', state: 'failed', age: 6, endedAge: 6, problem: 'unexpected' })
    assert.deepEqual(await told(id), ['failed'])
    await db
      .from('jobs')
      .where('uuid', id)
      .update({ ended_at: daysAgo(30) })
    assert.deepEqual(await told(id), ['halfway'])
    await aJob({ kind: 'keys.rotate_master', state: 'done', age: 0, endedAge: 0 })
    assert.deepEqual(await told(id), [undefined])
  })

  test('one that went through all but what cannot be read is not half-way', async ({ assert }) => {
    const problem = 'values_unreadable'
    const id = await aJob({ kind: 'keys.rotate_data', state: 'failed', age: 30, endedAge: 29, problem })
    assert.deepEqual(await told(id), [undefined])
  })

  test('the keys of one patient, renewed later, say nothing of everybody’s', async ({ assert }) => {
    const kind = 'keys.rotate_data'
    const failed = { kind, state: 'failed', age: 2, endedAge: 2 }
    const everybody = await aJob({ ...failed, payload: { patient: null } })
    const patient = await aJob({ ...failed, payload: { patient: randomUUID() } })
    assert.deepEqual(await told(everybody, patient), ['failed', 'failed'])
    await aJob({ kind, state: 'done', age: 1, endedAge: 1, payload: { patient: null } })
    assert.deepEqual(await told(everybody, patient), [undefined, undefined])
  })

  test('doctor names each with its reason and what to do, and ends with 1', async ({ assert }) => {
    const failed = await aJob({ kind: 'imports.run', state: 'failed', age: 1, endedAge: 1, problem: 'died' })
    const halfway = await aJob({ kind: 'keys.rotate_index', state: 'running', age: 3 })
    const { code, json } = await medinfoJson('doctor')
    assert.equal(code, 1)
    const detailOf = (id: string) => json.checks.find(({ detail }: { detail: string }) => detail.includes(id)).detail
    const since = new Date(now().getTime() - 86_400_000).toISOString().slice(0, 10)
    const [kind, problem] = [text('job.kinds.imports_run'), text('job.problems.died')]
    assert.equal(detailOf(failed), text('doctor.jobs.failed', { id: failed, kind, problem, since }))
    assert.include(detailOf(halfway), text('job.kinds.keys_rotate_index'))
    const { out } = await medinfo('doctor')
    assert.include(out, `bin/medinfo job retry --id ${failed}`)
    assert.notMatch(out, /keys\.rotate_index|imports\.run/)
  })
})
