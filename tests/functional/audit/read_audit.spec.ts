import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { recordRefusals } from '#app/audit/record'
import { apiCaller, apiCallerWith, PATIENTS, type ApiCaller } from '#tests/functional/api_caller'
import { patientOf, someConsultation } from '#tests/functional/charts/some_chart'
import { auditOf } from '#tests/functional/core/probe'
import { somePatient } from '#tests/functional/patients/some_patient'
import { queriesOf } from '#tests/functional/queries'
import { callerOf, someone } from '#tests/acting'

const AUDIT = '/api/v1/audit-logs'
type Entry = Record<string, any>

/** A chart with some accesses: registered, assigned, written into, opened by its doctor and by somebody who may not. */
async function aVisitedChart(client: Parameters<typeof apiCallerWith>[0]) {
  const [doctor, stranger] = [await apiCallerWith(client, 'doctor'), await apiCallerWith(client, 'doctor')]
  const patient = await patientOf(doctor.user)
  const consultation = await someConsultation(doctor.user, patient)
  await doctor.get(`/api/v1/consultations/${consultation.uuid}`)
  await stranger.get(`/api/v1/consultations/${consultation.uuid}`)
  return { doctor, stranger, patient, consultation }
}

async function allOf(caller: ApiCaller, path: string, limit: number): Promise<Entry[]> {
  const entries: Entry[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const answer = await caller.get(`${path}limit=${limit}${cursor && `&cursor=${cursor}`}`)
    entries.push(...answer.body().data)
    cursor = answer.body().meta.next_cursor
  }
  return entries
}

test.group('The audit is refused', () => {
  test('to everybody but administrators', async ({ client, assert }) => {
    for (const role of ['doctor', 'nurse', 'lab', 'reception', 'patient'])
      assert.equal((await (await apiCallerWith(client, role)).get(AUDIT)).status(), 403, role)
  })

  test('to a filter that is none, and to the cursor of another list', async ({ client, assert }) => {
    const { patient } = await aVisitedChart(client)
    const admin = await apiCallerWith(client, 'admin')
    const pointer = async (query: string) => (await admin.get(`${AUDIT}?${query}`)).body().errors[0].pointer
    assert.equal(await pointer('outcome=perhaps'), '/outcome')
    assert.equal(await pointer('user=me'), '/user')
    assert.equal(await pointer('action=A%00'), '/action')
    const accesses = await admin.get(`${PATIENTS}/${patient.uuid}/accesses?limit=1`)
    assert.equal(await pointer(`cursor=${accesses.body().meta.next_cursor}`), '/cursor')
  })

  test('of one chart to whoever treats the patient, and to another patient', async ({ client, assert }) => {
    const { doctor, patient } = await aVisitedChart(client)
    const other = await apiCallerWith(client, 'patient')
    for (const caller of [doctor, other])
      assert.equal((await caller.get(`${PATIENTS}/${patient.uuid}/accesses`)).status(), 403)
  })
})

test.group('An administrator reads the audit', () => {
  test('by user, patient, action, outcome and period, each entry with who it was', async ({ client, assert }) => {
    const { doctor, stranger, patient, consultation } = await aVisitedChart(client)
    const admin = await apiCallerWith(client, 'admin')
    const find = (query: string) => allOf(admin, `${AUDIT}?${query}&`, 100)
    const [opened, ...others] = await find(`user=${doctor.user.uuid}&patient=${patient.uuid}&action=consultations.open`)
    assert.lengthOf(others, 0)
    assert.deepInclude(opened, {
      user_id: doctor.user.uuid,
      user_name: doctor.user.name,
      role: 'doctor',
      entity: 'consultation',
      entity_id: consultation.uuid,
      patient_id: patient.uuid,
      outcome: 'done',
      http_status: 200,
      via: 'api',
    })
    assert.deepInclude(opened!.details, { access: 'treats', method: 'GET' })
    assert.notProperty(opened!.details, 'via')
    const refused = await find(`patient=${patient.uuid}&outcome=refused`)
    assert.deepEqual(
      refused.map(({ user_id, http_status }) => [user_id, http_status]),
      [[stranger.user.uuid, 403]]
    )
    assert.lengthOf(await find(`patient=${patient.uuid}&from=${refused[0]!.at}`), 1)
    const before = await find(`patient=${patient.uuid}&to=${refused[0]!.at}`)
    assert.notIncludeMembers(
      before.map(({ id }) => id),
      [refused[0]!.id]
    )
    assert.lengthOf(await find(`user=${patient.uuid}`), 0)
  })

  test('in pages of any size, nothing twice and nothing missing, though entries share an instant', async ({
    client,
    assert,
  }) => {
    const { patient } = await aVisitedChart(client)
    const entry = { action: 'tests.row', outcome: 'done', patientUuid: patient.uuid } as const
    await recordRefusals(db.connection(), Array(40).fill({ caller: callerOf(), entry }))
    const admin = await apiCallerWith(client, 'admin')
    const rows = await db.from('audit_logs').where('patient_uuid', patient.uuid).orderBy('id', 'desc')
    const expected = [...rows].sort((a, b) => String(b.created_at).localeCompare(String(a.created_at)) || b.id - a.id)
    assert.isBelow(new Set(rows.map(({ created_at }) => String(created_at))).size, rows.length)
    for (const limit of [1, 2, 3, 7, 100])
      assert.deepEqual(
        (await allOf(admin, `${AUDIT}?patient=${patient.uuid}&`, limit)).map(({ id }) => id),
        expected.map(({ uid }) => uid),
        `pages of ${limit}`
      )
  })

  test('without the table’s own numbers leaving the server', async ({ client, assert }) => {
    const admin = await apiCallerWith(client, 'admin')
    const { data, meta } = (await admin.get(`${AUDIT}?limit=1`)).body()
    assert.notMatch(JSON.stringify(data), /"(wseq|mac|writer)"/)
    assert.notMatch(Buffer.from(meta.next_cursor, 'base64url').toString(), /,"?\d+"?\]/)
  })

  test('and that is in the audit too, with what was asked', async ({ client, assert }) => {
    const admin = await apiCallerWith(client, 'admin')
    const { uuid } = await somePatient()
    const answer = await admin.get(`${AUDIT}?patient=${uuid}&limit=5`)
    const [row] = await auditOf(answer.requestId)
    assert.deepInclude(row, { action: 'audit.list', outcome: 'done' })
    assert.deepInclude(JSON.parse(row!.details), { asked: { patient: uuid }, rows: 1 })
  })

  test('where each chart that an administrator opened stands for review', async ({ client, assert }) => {
    const { consultation } = await aVisitedChart(client)
    const [curious, reviewer] = [await apiCallerWith(client, 'admin'), await apiCallerWith(client, 'admin')]
    await curious.get(`/api/v1/consultations/${consultation.uuid}`)
    const seen = await reviewer.get(`${AUDIT}?action=admin_view&user=${curious.user.uuid}`)
    assert.lengthOf(seen.body().data, 1)
    assert.deepInclude(seen.body().data[0], { entity: 'consultation', entity_id: consultation.uuid })
    assert.equal(seen.body().data[0].details.opened, 'consultations.open')
  })

  test('with as many queries for many entries as for one', async ({ client, assert }) => {
    await aVisitedChart(client)
    const admin = await apiCallerWith(client, 'admin')
    const count = async (limit: number) => (await queriesOf(() => admin.get(`${AUDIT}?limit=${limit}`))).length
    await count(1)
    assert.equal(await count(50), await count(1))
  })
})

test.group('A patient reads who opened the own chart', () => {
  test('with name, role, what was done and by what right, and not from where', async ({ client, assert }) => {
    const { doctor, stranger, patient, consultation } = await aVisitedChart(client)
    const own = await someone('patient')
    await db.from('patients').where('id', patient.id).update({ user_id: own.id })
    const caller = await apiCaller(client, own)
    const answer = await caller.get(`${PATIENTS}/${patient.uuid}/accesses`)
    assert.equal(answer.status(), 200)
    const { data } = answer.body() as { data: Entry[] }
    const [tried, opened] = data
    assert.deepInclude(tried, { user_name: stranger.user.name, action: 'consultations.open', outcome: 'refused' })
    assert.deepInclude(opened, {
      user_name: doctor.user.name,
      role: 'doctor',
      access: 'treats',
      entity_id: consultation.uuid,
    })
    for (const entry of data) assert.notProperty(entry, 'ip_address')
    assert.deepInclude(data.at(-1), { action: 'patients.register', role: 'operator', user_id: null })
    const [row] = await auditOf(answer.requestId)
    assert.deepInclude(row, { action: 'audit.list_accesses', patient_uuid: patient.uuid })
    const paged = await allOf(caller, `${PATIENTS}/${patient.uuid}/accesses?to=${data[0]!.at}&`, 1)
    assert.deepEqual(paged, data.slice(1))
  })
})
