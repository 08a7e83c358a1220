import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { TIMELINE_KINDS } from '#app/charts/chart_validator'
import type Patient from '#app/patients/patient'
import { apiCaller, apiCallerWith, PATIENTS, type ApiCaller } from '#tests/functional/api_caller'
import { patientOf, someConsultation } from '#tests/functional/charts/some_chart'
import { auditOf } from '#tests/functional/core/probe'
import { someResult, someValidated } from '#tests/functional/labs/some_result'
import { somePrescription } from '#tests/functional/prescriptions/some_prescription'
import { queriesOf } from '#tests/functional/queries'
import { aNote, someRecord } from '#tests/functional/records/some_record'
import { someone } from '#tests/acting'

interface Entry {
  kind: string
  date: string
  record: Record<string, unknown> & { id: string }
}

const timelineOf = ({ uuid }: Patient, query = '') => `${PATIENTS}/${uuid}/timeline?${query}`

/** Few instants, so that many rows share one, in one table and across them. */
const INSTANTS = [
  '2026-01-05T08:00:00.000Z',
  '2026-01-05T08:00:00.001Z',
  '2026-02-01T00:00:00.000Z',
  '2026-02-28T23:59:59.999Z',
]
const anyInstant = () => INSTANTS[Math.floor(Math.random() * INSTANTS.length)]!

/** A chart with so many rows of each kind, at random among these instants. */
async function aChart(doctor: Awaited<ReturnType<typeof someone>>, rows: number) {
  const [patient, lab] = [await patientOf(doctor), await someone('lab')]
  for (let n = 0; n < rows; n++) {
    const consultation = await someConsultation(doctor, patient, { date: anyInstant() })
    await somePrescription(doctor, consultation, { prescribed_at: anyInstant() })
    await someRecord(doctor, aNote(patient, { occurred_at: anyInstant() }))
    await someValidated(lab, patient, { result_date: anyInstant() })
  }
  return { patient, lab }
}

/** All pages one after the other. */
async function allOf(caller: ApiCaller, patient: Patient, limit: number, query = ''): Promise<Entry[]> {
  const entries: Entry[] = []
  let next: string | null = ''
  while (next !== null) {
    const answer = await caller.get(timelineOf(patient, `${query}&limit=${limit}${next && `&cursor=${next}`}`))
    entries.push(...answer.body().data)
    next = answer.body().meta.next_cursor
  }
  return entries
}

const place = ({ date, record }: Entry) => `${date} ${record.id}`

test.group('A timeline is refused', () => {
  test('to whoever does not open the chart: another doctor, the laboratory, the desk, another patient', async ({
    client,
    assert,
  }) => {
    const patient = await patientOf()
    for (const role of ['doctor', 'nurse', 'lab', 'reception', 'patient']) {
      const answer = await (await apiCallerWith(client, role)).get(timelineOf(patient))
      assert.deepEqual([answer.status(), answer.body().code], [403, 'forbidden'], role)
    }
  })

  test('with kinds that there are none of, and after the cursor of another list', async ({ client, assert }) => {
    const doctor = await apiCallerWith(client, 'doctor')
    const { patient } = await aChart(doctor.user, 2)
    const pointer = async (query: string) => (await doctor.get(timelineOf(patient, query))).body().errors[0].pointer
    assert.equal(await pointer('kinds=consultation,letters'), '/kinds')
    assert.equal(await pointer('kinds='), '/kinds')
    const list = await doctor.get(`${PATIENTS}/${patient.uuid}/consultations?limit=1`)
    assert.equal(await pointer(`cursor=${list.body().meta.next_cursor}`), '/cursor')
  })
})

test.group('A timeline', () => {
  test('in pages of any size is the whole chart by date, nothing twice and nothing missing', async ({
    client,
    assert,
  }) => {
    const doctor = await apiCallerWith(client, 'doctor')
    const { patient } = await aChart(doctor.user, 6)
    const whole = await allOf(doctor, patient, 100)
    assert.lengthOf(whole, 24)
    const places = whole.map(place)
    assert.deepEqual(places, [...places].sort().reverse())
    assert.isBelow(new Set(whole.map(({ date }) => date)).size, 5)
    assert.lengthOf(new Set(places), 24)
    for (const limit of [1, 2, 3, 5, 7, 11, 23, 24, 25])
      assert.deepEqual(await allOf(doctor, patient, limit), whole, `pages of ${limit}`)
  }).timeout(60_000)

  test('holds of each record what opening it shows', async ({ client, assert }) => {
    const doctor = await apiCallerWith(client, 'doctor')
    const { patient } = await aChart(doctor.user, 1)
    const entries = await allOf(doctor, patient, 10)
    assert.sameMembers(
      entries.map(({ kind }) => kind),
      [...TIMELINE_KINDS]
    )
    const address = {
      consultation: () => '/consultations',
      prescription: ({ record }: Entry) => `/consultations/${record.consultation_id as string}/prescriptions`,
      medical_record: () => '/medical-records',
      lab_result: () => '/lab-results',
    } as Record<string, (entry: Entry) => string>
    for (const entry of entries) {
      const opened = await doctor.get(`/api/v1${address[entry.kind]!(entry)}/${entry.record.id}`)
      assert.deepEqual(entry.record, opened.body().data, entry.kind)
      const { date, prescribed_at, timeline_at, result_date } = entry.record
      assert.equal(entry.date, date ?? prescribed_at ?? timeline_at ?? result_date)
    }
  })

  test('is narrowed to kinds and to a period, page by page', async ({ client, assert }) => {
    const doctor = await apiCallerWith(client, 'doctor')
    const { patient } = await aChart(doctor.user, 4)
    const whole = await allOf(doctor, patient, 100)
    const some = await allOf(doctor, patient, 3, 'kinds=lab_result,consultation')
    assert.deepEqual(
      some,
      whole.filter(({ kind }) => ['lab_result', 'consultation'].includes(kind))
    )
    const period = await allOf(doctor, patient, 2, `from=${INSTANTS[1]}&to=${INSTANTS[3]}`)
    assert.deepEqual(
      period,
      whole.filter(({ date }) => date >= INSTANTS[1]! && date < INSTANTS[3]!)
    )
  })

  test('shows the patient only results that the laboratory has released', async ({ client, assert }) => {
    const doctor = await apiCallerWith(client, 'doctor')
    const { patient, lab } = await aChart(doctor.user, 1)
    const unreleased = await someResult(lab, patient)
    const own = await someone('patient')
    await db.from('patients').where('id', patient.id).update({ user_id: own.id })
    const caller = await apiCaller(client, own)
    const seen = async (by: ApiCaller) => (await allOf(by, patient, 2)).map(({ record }) => record.id)
    assert.include(await seen(doctor), unreleased.uuid)
    assert.notInclude(await seen(caller), unreleased.uuid)
    assert.lengthOf(await seen(caller), 4)
  })

  test('takes four reads whatever the page', async ({ client, assert }) => {
    const doctor = await apiCallerWith(client, 'doctor')
    const { patient } = await aChart(doctor.user, 4)
    const reads = async (query: string) => {
      const queries = await queriesOf(() => doctor.get(timelineOf(patient, query)))
      const isList = / from [`"]?(consultations|prescriptions|medical_records|lab_results)[`"]? (where|force).* limit/s
      return [queries.filter(({ sql }) => isList.test(sql)).length, queries.length]
    }
    await reads('limit=1')
    const one = await reads('limit=1')
    assert.equal(one[0], 4)
    const { next_cursor } = (await doctor.get(timelineOf(patient, 'limit=5'))).body().meta
    assert.deepEqual(await reads(`limit=10&cursor=${next_cursor}`), one)
  })

  test('is audited with what it showed, and as such where an administrator reads it', async ({ client, assert }) => {
    const [doctor, admin] = [await apiCallerWith(client, 'doctor'), await apiCallerWith(client, 'admin')]
    const { patient } = await aChart(doctor.user, 1)
    const entries = (await doctor.get(timelineOf(patient))) as Awaited<ReturnType<ApiCaller['get']>>
    const [row] = await auditOf(entries.requestId)
    assert.deepInclude(row, { action: 'charts.timeline', patient_uuid: patient.uuid })
    assert.sameMembers(
      JSON.parse(row!.details).uuids,
      entries.body().data.map(({ record }: Entry) => record.id)
    )
    const [viewed] = await auditOf((await admin.get(timelineOf(patient))).requestId)
    assert.equal(viewed!.action, 'admin_view')
  })
})
