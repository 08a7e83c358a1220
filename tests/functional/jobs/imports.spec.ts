import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { moveClock } from '#app/core/clock'
import { newUuid } from '#app/core/ids'
import { runDueJob } from '#app/jobs/run_job'
import { runDueJobs } from '#app/jobs/run_due_jobs'
import Job from '#app/jobs/job'
import { startImport } from '#app/imports/start_import'
import { callerOf, someone } from '#tests/acting'
import { anEmptyHome, exitOf, jsonOf, medinfo, medinfoJson } from '#tests/functional/cli/medinfo'

const HEADER = 'id,family_name,given_name,sex,dob'
const never = new AbortController().signal

async function anExport(cleanup: (end: () => Promise<void>) => void, ...rows: string[]) {
  const { home, remove } = await anEmptyHome()
  cleanup(remove)
  await writeFile(join(home, 'patients.csv'), [HEADER, ...rows.map((row) => `${newUuid()},${row}`), ''].join('\n'))
  return home
}

test.group('An import in the background', (group) => {
  group.each.setup(() => () => moveClock(0))

  test('refuses at once what nobody may, and what cannot be read', async ({ assert }) => {
    const nurse = callerOf(await someone('nurse'))
    await assert.rejects(() => startImport(nurse, { mapping: 'medinfo', path: '.' }))
    const { code, json } = await medinfoJson('import', '--mapping', 'medinfo', '--file', '/no/such', '--background')
    assert.equal(code, 1)
    assert.include(json.error.detail, '/no/such')
    assert.equal(await exitOf('import', '--mapping', 'medinfo', '--file', '.', '--background', '--dry-run'), 2)
  })

  test('is done by the server; the rejected rows come out with their reasons, and the job leads to the run', async ({
    assert,
    cleanup,
  }) => {
    const folder = await anExport(cleanup, 'Keita,Awa,female,1988-04-02', 'Sy,Ousmane,male,1988-13-02')
    const rejects = join(folder, 'rejected.csv')
    const args = ['import', '--mapping', 'medinfo', '--file', folder, '--rejects', rejects, '--background']
    const { job } = (await jsonOf(...args)).data
    assert.deepInclude((await jsonOf('job', 'show', '--id', job)).data, { state: 'waiting', kind: 'imports.run' })
    await runDueJobs(never)
    const shown = (await jsonOf('job', 'show', '--id', job)).data
    assert.deepInclude(shown, { state: 'done', done: 2, total: 2, problem: null })
    const { report } = (await jsonOf('import', 'show', '--id', shown.import)).data
    assert.deepInclude(report, { rows_read: 2, created: 1, rejected: 1 })
    assert.include(await readFile(rejects, 'utf8'), 'Sy,Ousmane,male,1988-13-02')
    assert.match(await readFile(join(folder, 'rejected.reasons.csv'), 'utf8'), /unreadable_date,"?\w+ \w+/)
    const lines = await medinfo('job', 'show', '--id', job)
    assert.include(lines.out, `bin/medinfo import show --id ${shown.import}`)
    assert.include((await medinfo('job', 'list')).out, job)
    const told = await db
      .from('audit_logs')
      .where('action', 'imports.start_in_background')
      .orderBy('id', 'desc')
      .first()
    assert.include(JSON.stringify(told), job)
  })

  test('whose files are gone has failed, and is completed when they are back and it is tried again', async ({
    assert,
    cleanup,
  }) => {
    const folder = await anExport(cleanup, 'Faye,Awa,female,1988-04-02')
    const file = join(folder, 'patients.csv')
    const { job } = (await jsonOf('import', '--mapping', 'medinfo', '--file', file, '--background')).data
    assert.equal(await exitOf('job', 'retry', '--id', newUuid()), 1)
    const content = await readFile(file, 'utf8')
    await rm(file)
    await runDueJobs(never)
    const failed = await medinfoJson('job', 'show', '--id', job)
    assert.deepInclude(failed.json.data, { state: 'failed', problem: 'source_missing' })
    await writeFile(file, content)
    await runDueJobs(never)
    assert.equal((await Job.findByOrFail('uuid', job)).state, 'failed')
    assert.equal(await exitOf('job', 'retry', '--id', job, '--dry-run'), 0)
    assert.equal((await Job.findByOrFail('uuid', job)).state, 'failed')
    assert.equal(await exitOf('job', 'retry', '--id', job), 0)
    assert.equal((await Job.findByOrFail('uuid', job)).state, 'waiting')
    const here = await medinfoJson('job', 'retry', '--id', job, '--here')
    assert.deepInclude(here.json.data, { state: 'done', done: 1, total: 1 })
    assert.include(here.err, '1 / 1')
    assert.equal((await Job.findByOrFail('uuid', job)).state, 'done')
    const again = await medinfoJson('job', 'retry', '--id', job)
    assert.equal(again.code, 1)
    assert.equal(again.json.error.code, 'job_not_waiting')
  })

  test('is broken off when its server ends, and completed by the next, nothing being written twice', async ({
    assert,
    cleanup,
  }) => {
    const rows = Array.from({ length: 2500 }, (_, at) => `Breakoff${at},Awa${at},female,1988-04-02`)
    const folder = await anExport(cleanup, ...rows)
    const { job } = (await jsonOf('import', '--mapping', 'medinfo', '--file', folder, '--background')).data
    const ended = new AbortController()
    const ending = setInterval(async () => {
      const { total } = await Job.findByOrFail('uuid', job)
      if (total !== null) ended.abort()
    }, 1)
    await runDueJob(job, ended.signal)
    clearInterval(ending)
    const count = async () =>
      Number((await db.from('patients').where('family_name', 'like', 'Breakoff%').count('* as n').first()).n)
    const written = await count()
    assert.deepEqual([(await Job.findByOrFail('uuid', job)).state, written > 0], ['running', true])
    await runDueJobs(never)
    assert.equal(await count(), 2500)
    assert.equal((await Job.findByOrFail('uuid', job)).state, 'done')
  })
})
