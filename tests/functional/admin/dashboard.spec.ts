import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { breakGlass } from '#app/alerts/break_glass'
import { sealAudit } from '#app/audit/seal'
import { recordRefusals } from '#app/audit/record'
import { moveClock, now, toSqlInstant } from '#app/core/clock'
import { newUuid } from '#app/core/ids'
import { insertRows, selectRows } from '#app/core/insert_rows'
import { registerPatient } from '#app/patients/register_patient'
import { readOverview } from '#app/overview/read_overview'
import { callerOf, someone } from '#tests/acting'
import { officeAllowed, officeWith, toldOf, type Office } from '#tests/functional/admin/office'
import { patientOf, someConsultation } from '#tests/functional/charts/some_chart'
import { requested } from '#tests/functional/erasure/some_erasure'
import { queriesOf } from '#tests/functional/queries'

const SOMEBODY = 'dashboard@example.org'
const DAY_MS = 86_400_000
const GROWING = /\b(audit_logs|consultations|patients|alerts)\b/

interface Matter {
  code: string
  isUrgent: boolean
  count: number
  to: string
}

/** Of a plan as either database explains it. */
type Step = Record<string, string | null>

interface Activity {
  name: string
  buckets: { day: string; counts: number[] }[]
}

async function seenBy(office: Office) {
  const { status, body } = await office.dashboard()
  const matters = (body.matters ?? []) as Matter[]
  const activity = (body.activity ?? []) as Activity[]
  return {
    status,
    matters,
    activity,
    codes: matters.map(({ code }) => code),
    countOf: (code: string) => matters.find((matter) => matter.code === code)?.count ?? 0,
    lastOf: (name: string) => activity.find((one) => one.name === name)!.buckets.at(-1)!.counts,
  }
}

async function aJob(kind: string, state: string, ageMs: number) {
  const at = toSqlInstant(new Date(now().getTime() - ageMs))
  const row = { uuid: newUuid(), kind, payload: JSON.stringify({ of: newUuid() }), state, done: 0, attempts: 10 }
  const ended = { problem: 'unexpected', ended_at: state === 'failed' ? at : null }
  await insertRows(db.connection(), 'jobs', [{ ...row, ...ended, not_before: at, created_at: at, updated_at: at }])
}

async function aFailedMail() {
  const at = toSqlInstant(now())
  const row = {
    uuid: newUuid(),
    kind: 'invitation',
    recipient: SOMEBODY,
    state: 'failed',
    attempts: 9,
    error: 'refused',
  }
  await insertRows(db.connection(), 'mails', [{ ...row, due_at: at, created_at: at, updated_at: at }])
}

async function aFailedImport(ageMs: number) {
  const at = toSqlInstant(new Date(now().getTime() - ageMs))
  const row = { uuid: newUuid(), mapping: 'sample', source: 'sample', state: 'failed', dry_run: 0 }
  await insertRows(db.connection(), 'import_runs', [{ ...row, started_at: at, created_at: at, updated_at: at }])
}

const refused = (action: string, count: number) =>
  recordRefusals(
    db.connection(),
    Array.from({ length: count }, () => ({ caller: callerOf(), entry: { action, outcome: 'refused' as const } }))
  )

/** Each with what brings it about, which page it leads to, and who else may see it. */
const MATTERS: [code: string, permission: string, cause: () => Promise<unknown>, to: string][] = [
  ['rotation_failed', 'keys.manage', () => aJob('keys.rotate_kek', 'failed', 0), '/admin/pages/keys'],
  ['rotation_halfway', 'keys.manage', () => aJob('keys.rotate_index', 'running', 2 * DAY_MS), '/admin/pages/keys'],
  ['import_failed', 'imports.run', () => aFailedImport(DAY_MS), '/admin/resources/import_runs'],
  ['job_failed', 'settings.manage', () => aJob('imports.run', 'failed', 0), '/admin/resources/jobs'],
  ['mails_stuck', 'users.manage', aFailedMail, '/admin/resources/users'],
  ['emergency_open', 'alerts.review', aBreakGlass, '/admin/resources/alerts'],
  ['erasure_waiting', 'patients.erase', anErasure, '/admin/resources/erasures'],
  ['sign_in_refused', 'audit.view', () => refused('login_failed', 1), '/admin/resources/audit_logs'],
  ['second_factor_refused', 'audit.view', () => refused('second_factor_failed', 1), '/admin/resources/audit_logs'],
]

async function aBreakGlass() {
  const patient = await patientOf(await someone('doctor'))
  const reason = 'Arrivée inconsciente aux urgences'
  await breakGlass(callerOf(await someone('doctor')), { patient_id: patient.uuid, reason })
}

async function anErasure() {
  await requested(await patientOf(await someone('doctor')))
}

test.group('The dashboard of the back office: refused', (group) => {
  group.setup(aBreakGlass)

  for (const role of ['doctor', 'nurse', 'lab', 'reception', 'patient'])
    test(`is refused to the role ${role}, which is in the audit`, async ({ assert }) => {
      const office = await officeWith(role)
      const answer = await office.dashboard()
      assert.deepEqual([answer.status, answer.body.code], [403, 'forbidden'])
      assert.deepEqual(
        (await toldOf(answer)).map(({ outcome }) => outcome),
        ['refused']
      )
    })

  test('tells nothing to who may enter and nothing else', async ({ assert }) => {
    const { status, matters, activity } = await seenBy(await officeAllowed())
    assert.deepEqual([status, matters, activity], [200, [], []])
  })
})

test.group('The dashboard of the back office', (group) => {
  group.each.teardown(async () => {
    moveClock(0)
    await db.from('jobs').delete()
    await db.from('mails').where('recipient', SOMEBODY).delete()
    await db.from('import_runs').where('mapping', 'sample').where('source', 'sample').delete()
  })

  for (const [code, permission, cause, to] of MATTERS)
    test(`says ${code} to who may do something about it, and leads there`, async ({ assert }) => {
      const office = await officeAllowed(permission)
      const before = (await seenBy(office)).countOf(code)
      await cause()
      const { countOf, matters, codes } = await seenBy(office)
      assert.equal(countOf(code), before + 1)
      assert.isTrue(matters.find((matter) => matter.code === code)!.to.startsWith(to))
      const others = MATTERS.filter((other) => other[1] !== permission).map(([name]) => name)
      assert.deepEqual(
        codes.filter((one) => others.includes(one)),
        []
      )
    })

  test('what is urgent comes first', async ({ assert }) => {
    for (const [, , cause] of MATTERS) await cause()
    const { matters } = await seenBy(await officeWith('admin'))
    const urgent = matters.map(({ isUrgent }) => isUrgent)
    assert.deepEqual(
      urgent,
      urgent.toSorted((one, other) => Number(other) - Number(one))
    )
    assert.isTrue(urgent[0])
  })

  test('sealing that is a minute late is told until it is done', async ({ assert }) => {
    const office = await officeAllowed('audit.view')
    await sealAudit(db.connection())
    assert.notInclude((await seenBy(office)).codes, 'sealing_late')
    moveClock(2 * 60_000)
    assert.include((await seenBy(office)).codes, 'sealing_late')
    await sealAudit(db.connection())
    assert.notInclude((await seenBy(office)).codes, 'sealing_late')
  })

  test('a key of a year is due', async ({ assert, cleanup }) => {
    const office = await officeAllowed('keys.manage')
    const before = (await seenBy(office)).countOf('keys_due')
    const active = await db.from('master_keys').where('state', 'active').firstOrFail()
    const dated = (created_at: string) => db.from('master_keys').where('id', active.id).update({ created_at })
    cleanup(async () => void (await dated(active.created_at)))
    await dated('2020-01-01 00:00:00.000')
    assert.equal((await seenBy(office)).countOf('keys_due'), before + 1)
  })

  test('what is older than it is told is told no more', async ({ assert }) => {
    const office = await officeWith('admin')
    const before = await seenBy(office)
    await aFailedImport(8 * DAY_MS)
    await aJob('imports.run', 'failed', 8 * DAY_MS)
    const after = await seenBy(office)
    for (const code of ['import_failed', 'job_failed']) assert.equal(after.countOf(code), before.countOf(code), code)
    await refused('login_failed', 1)
    moveClock(DAY_MS + 60_000)
    assert.notInclude((await seenBy(await officeAllowed('audit.view'))).codes, 'sign_in_refused')
  })

  test('counts consultations, patients, sign-ins and refusals of today and of this week', async ({ assert }) => {
    const office = await officeWith('admin')
    const before = await seenBy(office)
    const doctor = await someone('doctor')
    const patient = await patientOf(doctor)
    await someConsultation(doctor, patient)
    await someConsultation(doctor, patient, { status: 'planned' })
    const [kept, cancelled] = await db.from('consultations').where('patient_id', patient.id).orderBy('id')
    const at = toSqlInstant(now())
    await db.from('consultations').where('id', kept.id).update({ date: at })
    await db.from('consultations').where('id', cancelled.id).update({ date: at, status: 'cancelled' })
    await refused('login_failed', 2)
    await refused('second_factor_failed', 1)
    const after = await seenBy(office)
    const more = (name: string) => after.lastOf(name).map((count, nth) => count - before.lastOf(name)[nth]!)
    assert.deepEqual(more('consultations'), [1])
    assert.deepEqual(more('patients'), [1])
    assert.deepEqual(more('sign_ins').slice(1), [2, 1])
    assert.deepEqual(
      after.activity.map(({ name, buckets }) => [name, buckets.length]),
      [
        ['consultations', 14],
        ['patients', 8],
        ['sign_ins', 14],
      ]
    )
    const { buckets } = after.activity[0]!
    assert.equal(buckets.at(-1)!.day, now().toISOString().slice(0, 10))
    assert.equal(new Date(`${after.activity[1]!.buckets.at(-1)!.day}T00:00:00Z`).getUTCDay(), 1)
  })

  test('who may open no chart is not told how many consultations there were', async ({ assert }) => {
    const names = async (...permissions: string[]) =>
      (await seenBy(await officeAllowed(...permissions))).activity.map(({ name }) => name)
    assert.deepEqual(await names('patients.view_any'), ['patients'])
    assert.deepEqual(await names('charts.view_any'), ['consultations'])
    assert.deepEqual(await names('audit.view'), ['sign_ins'])
  })

  test('a visit is one entry of the audit, with what was found and nothing of a patient', async ({ assert }) => {
    const office = await officeWith('admin')
    await aJob('imports.run', 'failed', 0)
    const answer = await office.dashboard()
    const told = await toldOf(answer)
    assert.deepEqual(
      told.map(({ action, outcome }) => [action, outcome]),
      [['overview.read', 'done']]
    )
    assert.include(told[0]!.details.matters, 'job_failed')
    const patient = await registerPatient(callerOf(), {
      family_name: 'Unseen',
      given_name: 'Awa',
      sex: 'female',
      dob: '1990-01-01',
    })
    assert.notInclude(JSON.stringify((await office.dashboard()).body), patient.mrn)
  })

  test('reads by an index whatever grows, and never a whole table', async ({ assert }) => {
    const client = db.connection()
    const isMysql = client.dialect.name === 'mysql'
    const caller = { ...callerOf(await someone('admin')), via: 'admin' as const }
    const queries = await queriesOf(() => readOverview(caller, {}))
    const asked = queries.filter(({ sql }) => /^select .*(audit_logs|consultations|patients|alerts)/is.test(sql))
    const plans: Step[] = []
    for (const { sql, bindings } of asked)
      plans.push(
        ...(await selectRows<Step>(client, `explain ${isMysql ? '' : 'query plan '}${sql}`, bindings as string[]))
      )
    // Of few rows MariaDB may prefer to read all: what counts is that there is an index for the question.
    const growing = plans.filter(({ table, detail }) => GROWING.test(isMysql ? (table ?? '') : (detail ?? '')))
    const isWhole = ({ possible_keys: keys, detail }: Step) => (isMysql ? keys === null : detail!.startsWith('SCAN'))
    assert.isAbove(growing.length, 60)
    assert.deepEqual(growing.filter(isWhole), [])
    // Not by the time alone, which would read what everybody did on a day.
    const ofAction = growing.filter(({ key, detail }) => (key ?? detail ?? '').includes('action_created_at'))
    assert.isAtLeast(ofAction.length, 44)
  })
})
