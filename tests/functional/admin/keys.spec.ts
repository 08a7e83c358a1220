import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { moveClock, now, toSqlInstant } from '#app/core/clock'
import { newUuid } from '#app/core/ids'
import { insertRows } from '#app/core/insert_rows'
import { runJob } from '#app/jobs/run_job'
import { someone } from '#tests/acting'
import { officeAllowed, officeWith, toldOf, type Office } from '#tests/functional/admin/office'
import { patientOf } from '#tests/functional/charts/some_chart'
import { requested } from '#tests/functional/erasure/some_erasure'
import { giveGenerator } from '#tests/functional/factors/some_factor'
import { activeMaster } from '#tests/functional/keys/rotating'

const REASON = { reason: 'Changement de l’année' }
const ROTATIONS = ['rotate_kek', 'rotate_master', 'rotate_data', 'rotate_index', 'rewrap']
const COUNTED = ['jobs', 'shred_requests', 'shred_approvals']

const openJobs = () => db.from('jobs').whereIn('state', ['waiting', 'running', 'failed'])
const forgetJobs = async () => void (await db.from('jobs').where('kind', 'like', 'keys.%').delete())

/** A job that ended in failure just now. */
async function failedJob(kind = 'keys.rotate_master', problem = 'unexpected'): Promise<string> {
  const [uuid, at] = [newUuid(), toSqlInstant(now())]
  const row = { uuid, kind, payload: '{}', state: 'failed', problem, done: 1, total: 4, attempts: 10 }
  const stamps = { not_before: at, created_at: at, updated_at: at, ended_at: at }
  await insertRows(db.connection(), 'jobs', [{ ...row, ...stamps }])
  return uuid
}

const aPatient = async () => patientOf(await someone('doctor'))

async function standOf() {
  const stands = []
  for (const table of COUNTED) stands.push(await db.from(table).orderBy('created_at').select('*'))
  return JSON.stringify(stands)
}

interface There {
  job: string
  request: string
  patient: string
}

type Action = [name: string, (office: Office, there: There) => ReturnType<Office['act']>, told: string]

const rotating = (name: string): Action => [
  name,
  (office) => office.change('keys', { action: name, ...REASON }),
  name === 'rewrap' ? 'keys.rewrap' : `keys.${name}`,
]

const ACTIONS: Action[] = [
  ...ROTATIONS.map(rotating),
  ['retry on the page', (office, { job }) => office.change('keys', { action: 'retry', job, ...REASON }), 'jobs.retry'],
  ['retry', (office, { job }) => office.act(`jobs/records/${job}/retry`, REASON), 'jobs.retry'],
  [
    'request an erasure',
    (office, { patient }) => office.act('erasures/actions/request', { patient, ground: 'person_asked', ...REASON }),
    'patients.request_erasure',
  ],
  [
    'approve',
    (office, { request }) => office.act(`erasures/records/${request}/approve`, REASON),
    'patients.approve_erasure',
  ],
  [
    'withdraw',
    (office, { request }) => office.act(`erasures/records/${request}/withdraw`, REASON),
    'patients.withdraw_erasure',
  ],
]

test.group('Keys, jobs and erasures in the back office: refused', (group) => {
  let there: There
  group.setup(async () => {
    const patient = (await aPatient()).uuid
    there = { job: await failedJob(), request: await requested(await aPatient()), patient }
    return forgetJobs
  })
  group.each.teardown(() => moveClock(0))

  for (const role of ['doctor', 'nurse', 'lab', 'reception', 'patient'])
    test(`every action is refused to the role ${role}, changes nothing and is in the audit`, async ({ assert }) => {
      const office = await officeWith(role)
      const before = await standOf()
      for (const [name, act] of ACTIONS) {
        const answer = await act(office, there)
        assert.deepEqual([answer.status, answer.body.code], [403, 'forbidden'], name)
        const told = await toldOf(answer)
        assert.deepEqual(
          told.map(({ outcome }) => outcome),
          ['refused'],
          name
        )
      }
      for (const answer of [await office.page('keys'), await office.list('jobs'), await office.list('erasures')])
        assert.equal(answer.status, 403)
      assert.equal(await standOf(), before)
    })

  test('who may enter and nothing else is refused by the gate of each', async ({ assert }) => {
    const office = await officeAllowed()
    const before = await standOf()
    for (const [name, act] of ACTIONS) {
      const answer = await act(office, there)
      assert.equal(answer.body.problem ?? answer.body.code, 'forbidden', name)
      assert.equal((await toldOf(answer)).at(-1)!.outcome, 'refused', name)
    }
    for (const answer of [
      await office.page('keys'),
      await office.page('keys', 'only=rotations'),
      await office.list('jobs'),
      await office.show('jobs', there.job),
      await office.list('erasures'),
      await office.show('erasures', there.request),
    ])
      assert.equal(answer.status, 403)
    assert.equal(await standOf(), before)
  })

  test('who proved who they are more than five minutes ago is asked again, but to try a job again', async ({
    assert,
  }) => {
    const office = await officeWith('admin')
    await giveGenerator(office.user)
    moveClock(6 * 60_000)
    const before = await standOf()
    for (const [name, act, told] of ACTIONS.filter(([, , action]) => action !== 'jobs.retry')) {
      const answer = await act(office, there)
      assert.equal(answer.body.problem, 'step_up_required', name)
      const refusal = (await toldOf(answer)).at(-1)!
      assert.deepEqual([refusal.action, refusal.outcome], [told, 'refused'], name)
    }
    assert.equal(await standOf(), before)
  })

  test('each asks why', async ({ assert }) => {
    const office = await officeWith('admin')
    const before = await standOf()
    for (const action of [...ROTATIONS, 'retry'])
      assert.property((await office.change('keys', { action, job: there.job })).body.fields, 'reason', action)
    for (const path of [`jobs/records/${there.job}/retry`, `erasures/records/${there.request}/approve`])
      assert.property((await office.act(path)).body.fields, 'reason', path)
    assert.equal(await standOf(), before)
  })

  test('one who asked for an erasure does not approve it', async ({ assert }) => {
    const office = await officeWith('admin')
    await giveGenerator(office.user)
    const own = await requested(await aPatient(), office.user)
    const answer = await office.act(`erasures/records/${own}/approve`, REASON)
    assert.equal(answer.body.problem, 'own_erasure_request')
    assert.equal((await toldOf(answer)).at(-1)!.outcome, 'refused')
  })
})

test.group('Keys, jobs and erasures in the back office', (group) => {
  group.each.setup(() => forgetJobs)

  test('the state of the keys is shown, and nothing of the keys', async ({ assert }) => {
    const office = await officeWith('admin')
    const answer = await office.page('keys')
    const { provider, keys, data_keys: dataKeys } = answer.body as Record<string, any>
    assert.deepEqual(provider, { name: 'local', answers: true })
    assert.includeMembers(
      keys.filter(({ state }: any) => state === 'active').map(({ kind, name }: any) => (kind === 'root' ? name : kind)),
      ['kek', 'master', 'blind_index 1', 'audit_mac 1']
    )
    assert.isAbove(dataKeys.active, 0)
    const text = JSON.stringify(answer.body)
    for (const { wrapped } of [...(await db.from('master_keys')), ...(await db.from('root_keys'))])
      for (const form of ['hex', 'base64'] as const) assert.notInclude(text, wrapped.toString(form).slice(0, 20))
    assert.deepEqual(
      (await toldOf(answer)).map(({ action, outcome }) => [action, outcome]),
      [['keys.status', 'done']]
    )
  })

  test('an administrator starts each rotation, whose reason is in the audit, and sees it wait', async ({ assert }) => {
    const office = await officeWith('admin')
    for (const name of ROTATIONS) {
      const answer = await office.change('keys', { action: name, ...REASON })
      assert.equal(answer.body.notice?.message, `done.${name}`)
      const told = (await toldOf(answer)).find(({ action }) => action === `keys.${name}`)
      assert.deepEqual([told?.outcome, told?.details.via, told?.details.reason], ['done', 'admin', REASON.reason])
      const looked = await office.page('keys', 'only=rotations')
      const rotation = (looked.body.rotations as any[]).find(({ kind }) => kind === `keys.${name}`)
      assert.deepEqual([rotation.state, rotation.id], ['waiting', told!.details.job])
      assert.notProperty(rotation, 'payload')
      assert.deepEqual(
        (await toldOf(looked)).map(({ action }) => action),
        ['keys.watch_rotations']
      )
    }
  })

  test('a rotation that was started there gives another master key, and is watched no more', async ({ assert }) => {
    const office = await officeWith('admin')
    const before = await activeMaster()
    await office.change('keys', { action: 'rotate_master', ...REASON })
    const { uuid } = await openJobs().where('kind', 'keys.rotate_master').firstOrFail()
    await runJob(uuid)
    assert.notEqual(await activeMaster(), before)
    const { body } = await office.page('keys', 'only=rotations')
    assert.deepEqual(body.rotations, [])
  })

  test('one that failed is told until it is tried again, on the page and in the list', async ({ assert }) => {
    const office = await officeWith('admin')
    const [one, other] = [await failedJob('keys.rotate_master', 'keys_unavailable'), await failedJob('keys.rewrap')]
    const { body } = await office.page('keys')
    const told = (body.rotations as any[]).map(({ id, state, problem }) => [id, state, problem])
    assert.deepEqual(told, [
      [one, 'failed', 'keys_unavailable'],
      [other, 'failed', 'unexpected'],
    ])
    assert.equal((await office.change('keys', { action: 'retry', job: one, ...REASON })).body.notice?.type, 'success')
    const answer = await office.act(`jobs/records/${other}/retry`, REASON)
    assert.equal(answer.body.notice?.type, 'success', answer.body.notice?.message)
    assert.deepEqual(
      (await openJobs().whereIn('uuid', [one, other])).map(({ state }) => state),
      ['waiting', 'waiting']
    )
    assert.equal((await toldOf(answer)).find(({ action }) => action === 'jobs.retry')!.details.reason, REASON.reason)
  })

  test('jobs that failed come first, and are narrowed by kind and by state', async ({ assert }) => {
    const office = await officeWith('admin')
    const failed = await failedJob()
    await office.change('keys', { action: 'rewrap', ...REASON })
    const { body } = await office.list('jobs')
    assert.equal(body.records![0]!.id, failed)
    const { body: narrowed } = await office.list('jobs', 'filters.kind=keys.rewrap&filters.state=waiting')
    assert.deepEqual(
      narrowed.records!.map(({ params }) => params.kind),
      ['keys.rewrap']
    )
    assert.notProperty((await office.show('jobs', failed)).body.record!.params, 'payload')
  })

  test('who manages keys alone sees and changes them, and tries no job again', async ({ assert }) => {
    const office = await officeAllowed('keys.manage')
    const job = await failedJob()
    const { body } = await office.page('keys')
    assert.deepEqual([body.may_retry, body.may_erase], [false, false])
    assert.equal((await office.change('keys', { action: 'retry', job, ...REASON })).body.problem, 'forbidden')
    assert.equal((await office.change('keys', { action: 'rotate_master', ...REASON })).body.notice?.type, 'success')
  })

  test('an erasure is asked for by one and approved by two others, each with a reason', async ({ assert }) => {
    const patient = await aPatient()
    const offices = []
    for (let nth = 0; nth < 3; nth++) {
      const office = await officeWith('admin')
      await giveGenerator(office.user)
      offices.push(office)
    }
    const [asking, first, second] = offices as [Office, Office, Office]
    const typed = { patient: patient.mrn, ground: 'person_asked', ...REASON }
    const asked = await asking.act('erasures/actions/request', typed)
    assert.equal(asked.body.notice?.type, 'success', asked.body.notice?.message)
    const { body } = await first.list('erasures', `filters.mrn=${patient.mrn}&filters.state=waiting`)
    assert.deepInclude(body.records![0]!.params, { mrn: patient.mrn, approvals: 0, state: 'waiting' })
    const { id } = body.records![0]!
    assert.equal((await first.act(`erasures/records/${id}/approve`, REASON)).body.notice?.type, 'success')
    const approved = await second.act(`erasures/records/${id}/approve`, REASON)
    assert.equal(approved.body.notice?.type, 'success')
    const told = (await toldOf(approved)).find(({ action }) => action === 'patients.approve_erasure')
    assert.equal(told?.details.reason, REASON.reason)
    const { body: shown } = await second.show('erasures', id)
    assert.deepInclude(shown.record!.params, { state: 'done', approvals: 2 })
    assert.isNotNull((await db.from('patients').where('id', patient.id).firstOrFail()).erased_at)
  })

  test('a request is withdrawn by anybody who may, and one that is too old is told as expired', async ({ assert }) => {
    const office = await officeWith('admin')
    await giveGenerator(office.user)
    const [id, late] = [await requested(await aPatient()), await requested(await aPatient())]
    assert.equal((await office.act(`erasures/records/${id}/withdraw`, REASON)).body.notice?.type, 'success')
    const past = toSqlInstant(new Date(now().getTime() - 1000))
    await db.from('shred_requests').where('uuid', late).update({ expires_at: past })
    const listed = async (state: string) =>
      (await office.list('erasures', `perPage=100&filters.state=${state}`)).body.records!.map((record) => record.id)
    assert.include(await listed('withdrawn'), id)
    assert.include(await listed('expired'), late)
    assert.notInclude(await listed('waiting'), late)
  })
})
