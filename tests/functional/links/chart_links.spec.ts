import { createHash } from 'node:crypto'
import type { ApiClient } from '@japa/api-client'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { moveClock } from '#app/core/clock'
import { newUuid } from '#app/core/ids'
import { issueChartCode } from '#app/links/issue_chart_code'
import type Patient from '#app/patients/patient'
import { retirePatient } from '#app/patients/retire_patient'
import { DEFAULT_LIMITS } from '#app/throttles/default_limits'
import { createUser } from '#app/users/create_user'
import type User from '#app/users/user'
import { withGrants } from '#app/users/grants'
import { callerOf, sessionOf, someone, tokenOf } from '#tests/acting'
import { apiCaller, apiCallerWith, PATIENTS } from '#tests/functional/api_caller'
import { auditOf } from '#tests/functional/core/probe'
import { someDigits, somePatient } from '#tests/functional/patients/some_patient'
import { queriesOf } from '#tests/functional/queries'
import { forgetTries, NO_LIMITS, setLimits } from '#tests/throttles/limits'

const CHART = '/api/v1/me/chart'
const ME = '/api/v1/me'
const DOB = '1988-04-02'
const HOUR = 3_600_000

interface Given {
  patient: Patient
  /** What the patient says and has: all three right. */
  right: { national_id: string; dob: string; code: string }
}

/** A patient who has just been given a code at the desk. */
async function given(more: object = {}): Promise<Given> {
  const national_id = someDigits()
  const patient = await somePatient({ national_id, ...more })
  const { value } = await issueChartCode(callerOf(), { patient_id: patient.uuid })
  return { patient, right: { national_id, dob: DOB, code: value! } }
}

async function sendAs(client: ApiClient, headers: Record<string, string>, body: object) {
  const requestId = newUuid()
  const request = client.post(CHART).json(body as never)
  for (const [name, value] of Object.entries({ ...headers, 'X-Request-Id': requestId })) request.header(name, value)
  return Object.assign(await request, { requestId })
}

const link = async (client: ApiClient, user: User, body: object) => sendAs(client, await sessionOf(user), body)

async function getAs(client: ApiClient, user: User, path: string) {
  const request = client.get(path)
  for (const [name, value] of Object.entries(await sessionOf(user))) request.header(name, value)
  return request
}

const accountOf = async ({ id }: Patient) => (await db.from('patients').where('id', id).firstOrFail()).user_id
const codesOf = ({ id }: Patient) => db.from('chart_codes').where('patient_id', id)

/** Another code than this one, of the same form. */
const otherCode = (code: string) => `${code.slice(0, -1)}${code.endsWith('C') ? 'D' : 'C'}`

/** What tells one answer from another, without what each has of its own. */
function toldBy(answer: Awaited<ReturnType<typeof sendAs>>) {
  const { request_id: _, ...body } = answer.body()
  const { 'date': __, 'x-request-id': ___, ...headers } = answer.headers()
  // How many requests are left in this minute.
  for (const name of Object.keys(headers)) if (name.startsWith('x-ratelimit')) delete headers[name]
  return { status: answer.status(), body, headers }
}

test.group('A chart is linked by all three and by nothing less', (group) => {
  group.each.teardown(() => moveClock(0))

  test('each of the three wrong alone fails alike; then right together it works, once', async ({ client, assert }) => {
    const [{ patient, right }, other, user] = [await given(), await given(), await someone('patient')]
    const wrong = {
      'national id of nobody': { ...right, national_id: someDigits() },
      'national id of another': { ...right, national_id: other.right.national_id },
      'date of birth': { ...right, dob: '1988-04-03' },
      'code': { ...right, code: otherCode(right.code) },
      'code of another': { ...right, code: other.right.code },
    }
    const told = []
    for (const [which, body] of Object.entries(wrong)) {
      const answer = await link(client, user, body)
      assert.deepEqual([answer.status(), answer.body().code], [422, 'chart_not_linked'], which)
      told.push(toldBy(answer))
    }
    for (const each of told) assert.deepEqual(each, told[0])
    assert.isNull(await accountOf(patient))

    const answer = await link(client, user, right)
    assert.equal(answer.status(), 201, answer.text())
    assert.deepEqual(answer.body().data, { patient_id: patient.uuid, user_id: user.uuid })
    assert.equal(Number(await accountOf(patient)), user.id)
    assert.equal((await link(client, await someone('patient'), right)).body().code, 'chart_not_linked')
    assert.equal(Number(await accountOf(patient)), user.id)
  })

  test('the chart opens to the account, and /me names it', async ({ client, assert }) => {
    const [{ patient, right }, user] = [await given(), await someone('patient')]
    const path = `${PATIENTS}/${patient.uuid}`
    assert.equal((await getAs(client, user, path)).status(), 403, 'control')
    assert.isNull((await getAs(client, user, ME)).body().data.patient_id)
    await link(client, user, right)
    assert.equal((await getAs(client, user, path)).status(), 200)
    assert.equal((await getAs(client, user, `${path}/timeline`)).status(), 200)
    assert.equal((await getAs(client, user, ME)).body().data.patient_id, patient.uuid)
    const versions = await db.from('record_versions').where('entity_uuid', patient.uuid)
    assert.lengthOf(versions, 1, 'a former version is kept')
  })

  test('the same address of mail links nothing', async ({ client, assert }) => {
    const email = `same-${newUuid()}@example.org`
    const { patient, right } = await given({ email })
    const made = await createUser(callerOf(), { name: 'Aïssatou Diallo', email, roles: ['patient'] })
    const user = await withGrants(made, db.connection())
    assert.isNull(await accountOf(patient))
    assert.isNull((await getAs(client, user, ME)).body().data.patient_id)
    assert.equal((await getAs(client, user, `${PATIENTS}/${patient.uuid}`)).status(), 403)
    assert.equal((await link(client, user, { ...right, code: otherCode(right.code) })).status(), 422)
    assert.equal((await link(client, user, right)).status(), 201, 'control')
  })

  test('of two accounts with one code at the same moment one gets the chart', async ({ client, assert }) => {
    for (let round = 0; round < 5; round++) {
      const { patient, right } = await given()
      const users = [await someone('patient'), await someone('doctor'), await someone('patient')]
      const sessions = await Promise.all(users.map((user) => sessionOf(user)))
      const answers = await Promise.all(sessions.map((headers) => sendAs(client, headers, right)))
      assert.deepEqual(answers.map((answer) => answer.status()).sort(), [201, 422, 422])
      const winner = users[answers.findIndex((answer) => answer.status() === 201)]!
      assert.equal(Number(await accountOf(patient)), winner.id)
    }
  })

  test('of two charts at the same moment one account gets one', async ({ client, assert }) => {
    for (let round = 0; round < 5; round++) {
      const [first, second, user] = [await given(), await given(), await someone('patient')]
      const headers = await sessionOf(user)
      const answers = await Promise.all([first, second].map(({ right }) => sendAs(client, headers, right)))
      assert.deepEqual(answers.map((answer) => answer.status()).sort(), [201, 409])
      assert.lengthOf(await db.from('patients').where('user_id', user.id), 1)
    }
  })

  test('a code is good for a day', async ({ client, assert }) => {
    const [early, late] = [await given(), await given()]
    const [one, other] = [await someone('patient'), await someone('patient')]
    moveClock(24 * HOUR - 60_000)
    assert.equal((await link(client, one, early.right)).status(), 201)
    moveClock(24 * HOUR + 60_000)
    assert.equal((await link(client, other, late.right)).body().code, 'chart_not_linked')
  })

  test('the fifth wrong try ends a code, and not the fourth', async ({ client, assert }) => {
    for (const [tries, status] of [
      [4, 201],
      [5, 422],
    ] as const) {
      const { right } = await given()
      const wrong = [
        { ...right, code: otherCode(right.code) },
        { ...right, dob: '1988-02-04' },
      ]
      for (let n = 0; n < tries; n++) await link(client, await someone('patient'), wrong[n % 2]!)
      assert.equal((await link(client, await someone('patient'), right)).status(), status, `after ${tries}`)
    }
  })

  test('wrong tries at the same moment are counted one by one', async ({ client, assert }) => {
    const { patient, right } = await given()
    const sessions = await Promise.all(Array.from({ length: 12 }, async () => sessionOf(await someone('patient'))))
    const wrong = { ...right, code: otherCode(right.code) }
    await Promise.all(sessions.map((headers) => sendAs(client, headers, wrong)))
    const [{ attempts }] = await codesOf(patient)
    assert.equal(attempts, 5)
    assert.equal((await link(client, await someone('patient'), right)).status(), 422)
  })

  test('a new code ends the former one, and brings five tries again', async ({ client, assert }) => {
    const { patient, right } = await given()
    for (let n = 0; n < 5; n++) await link(client, await someone('patient'), { ...right, dob: '1988-02-04' })
    const { value } = await issueChartCode(callerOf(), { patient_id: patient.uuid })
    assert.lengthOf(await codesOf(patient), 1)
    const user = await someone('patient')
    assert.equal((await link(client, user, right)).status(), 422)
    assert.equal((await link(client, user, { ...right, code: value! })).status(), 201)
  })

  test('the code may be typed in small letters, with spaces, or without the hyphen', async ({ client, assert }) => {
    for (const typed of [
      (code: string) => code.toLowerCase(),
      (code: string) => code.replace('-', ''),
      (code: string) => ` ${code.replace('-', ' ')} `,
    ]) {
      const { right } = await given()
      assert.equal((await link(client, await someone('patient'), { ...right, code: typed(right.code) })).status(), 201)
    }
  })

  test('a doctor’s account opens its own chart too, without a word on what they treat', async ({ client, assert }) => {
    const [{ patient, right }, doctor] = [await given(), await someone('doctor')]
    assert.equal((await getAs(client, doctor, `${PATIENTS}/${patient.uuid}`)).status(), 403)
    assert.equal((await link(client, doctor, right)).status(), 201)
    assert.equal((await getAs(client, doctor, `${PATIENTS}/${patient.uuid}`)).status(), 200)
  })

  test('whoever gave a code at the desk opens nothing with it, and somebody else does', async ({ client, assert }) => {
    const [{ patient, right }, desk] = [await given(), await someone('reception')]
    const { value } = await issueChartCode(callerOf(desk), { patient_id: patient.uuid })
    const plain = await link(client, await someone('patient'), { ...right, code: otherCode(value!) })
    const answer = await link(client, desk, { ...right, code: value! })
    assert.deepEqual(toldBy(answer), toldBy(plain))
    assert.isNull(await accountOf(patient))
    assert.equal((await link(client, await someone('reception'), { ...right, code: value! })).status(), 201)
  })

  test('a record that is retired, merged or linked meanwhile is refused like any mismatch', async ({
    client,
    assert,
  }) => {
    const spoil: Record<string, (patient: Patient) => Promise<unknown>> = {
      retired: ({ uuid: id }) => retirePatient(callerOf(), { id, version: 1 }),
      merged: async ({ id }) => {
        const { id: other } = await somePatient()
        return db.from('patients').where('id', id).update({ merged_into_id: other })
      },
      linked: async ({ id }) => {
        const { id: holder } = await someone('patient')
        return db.from('patients').where('id', id).update({ user_id: holder })
      },
    }
    const plain = await link(client, await someone('patient'), { ...(await given()).right, dob: '1988-02-04' })
    for (const [how, work] of Object.entries(spoil)) {
      const { patient, right } = await given()
      await work(patient)
      const before = await accountOf(patient)
      assert.deepEqual(toldBy(await link(client, await someone('patient'), right)), toldBy(plain), how)
      assert.equal(await accountOf(patient), before)
    }
  })

  test('an account that has a chart is told so, and the code stays', async ({ client, assert }) => {
    const [first, second, user] = [await given(), await given(), await someone('patient')]
    await link(client, user, first.right)
    const answer = await link(client, user, second.right)
    assert.deepEqual([answer.status(), answer.body().code], [409, 'account_has_chart'])
    assert.deepEqual(
      (await codesOf(second.patient)).map(({ attempts }) => attempts),
      [0]
    )
    assert.equal((await link(client, await someone('patient'), second.right)).status(), 201)
  })

  test('a token cannot', async ({ client, assert }) => {
    const [{ patient, right }, user] = [await given(), await someone('patient')]
    const answer = await sendAs(client, { authorization: `Bearer ${await tokenOf(user)}` }, right)
    assert.deepEqual([answer.status(), answer.body().code], [403, 'session_required'])
    assert.deepEqual(
      (await codesOf(patient)).map(({ attempts }) => attempts),
      [0]
    )
  })

  test('an account that tries too often waits, whatever it names, and no code is counted for it', async ({
    client,
    assert,
  }) => {
    const [{ patient, right }, other, user] = [await given(), await given(), await someone('patient')]
    await forgetTries()
    setLimits(DEFAULT_LIMITS)
    try {
      for (let n = 0; n < 5; n++)
        assert.equal((await link(client, user, { ...right, national_id: someDigits() })).status(), 422)
      const waiting = await link(client, user, right)
      assert.deepEqual([waiting.status(), waiting.body().code], [429, 'too_many_tries'])
      assert.match(waiting.header('retry-after')!, /^\d+$/)
      assert.deepEqual(
        (await codesOf(patient)).map(({ attempts }) => attempts),
        [0]
      )
      assert.equal((await link(client, await someone('patient'), other.right)).status(), 201, 'another account')
    } finally {
      setLimits(NO_LIMITS)
      await forgetTries()
    }
    assert.equal((await link(client, user, right)).status(), 201)
  })

  test('whoever is known here costs the same statements as whoever is not', async ({ client, assert }) => {
    const { right } = await given()
    const { right: codeless } = await given()
    const of = async (body: object) => {
      const headers = await sessionOf(await someone('patient'))
      const queries = await queriesOf(async () => void (await sendAs(client, headers, body)))
      return queries.map(({ sql }) => sql)
    }
    await of({ ...right, national_id: someDigits() })
    const unknown = await of({ ...right, national_id: someDigits() })
    assert.isAbove(unknown.length, 5)
    assert.deepEqual(await of({ ...right, dob: '1988-02-04' }), unknown)
    assert.deepEqual(await of({ ...right, code: otherCode(right.code) }), unknown)
    assert.deepEqual(await of({ ...right, national_id: codeless.national_id }), unknown)
  })
})

test.group('Codes at the desk', (group) => {
  group.each.teardown(() => moveClock(0))

  const codeOf = ({ uuid }: Patient) => `${PATIENTS}/${uuid}/chart-code`

  test('are given by the desk and administrators, and by nobody who treats', async ({ client, assert }) => {
    const patient = await somePatient()
    for (const [role, status] of Object.entries({ doctor: 403, nurse: 403, lab: 403, patient: 403, reception: 201 }))
      assert.equal((await (await apiCallerWith(client, role)).post(codeOf(patient))).status(), status, role)
    assert.lengthOf(await codesOf(patient), 1)
  })

  test('hold ten signs that nobody misreads, and are not in the database, nor is their hash without a key', async ({
    client,
    assert,
  }) => {
    const [api, patient] = [await apiCallerWith(client, 'reception'), await somePatient()]
    const answer = await api.post(codeOf(patient))
    const { code, expires_at: until, patient_id: id } = answer.body().data
    assert.match(code, /^[CDFGHJKMNPQRTWXY34679]{5}-[CDFGHJKMNPQRTWXY34679]{5}$/)
    assert.equal(id, patient.uuid)
    assert.approximately(Date.parse(until) - Date.now(), 24 * HOUR, 60_000)
    const plain = code.replace('-', '')
    const [row] = await codesOf(patient)
    const guessed = [plain, code, `${patient.uuid}|${plain}`].map((text) =>
      createHash('sha256').update(text).digest('hex')
    )
    assert.notInclude(guessed, row.hash)
    const [entry, ...more] = await auditOf(answer.requestId)
    assert.lengthOf(more, 0)
    assert.deepInclude(entry, { action: 'links.issue_code', outcome: 'done', patient_uuid: patient.uuid })
    for (const secret of [code, plain])
      for (const text of [JSON.stringify(row), JSON.stringify(entry)]) assert.notInclude(text, secret)
  })

  test('are told once, also when the request comes again', async ({ client, assert }) => {
    const [api, patient] = [await apiCallerWith(client, 'reception'), await somePatient()]
    const key = { 'Idempotency-Key': newUuid() }
    const [first, again] = [await api.post(codeOf(patient), {}, key), await api.post(codeOf(patient), {}, key)]
    assert.match(first.body().data.code, /-/)
    assert.deepEqual([again.status(), again.body().data.code], [201, null])
    assert.equal(again.body().data.id, first.body().data.id)
    const kept = await db.from('sync_mutations').where('mutation_id', key['Idempotency-Key']).firstOrFail()
    assert.notInclude(String(kept.result), first.body().data.code)
  })

  test('are not given for a record that is retired, or has an account', async ({ client, assert }) => {
    const [api, retired, { patient, right }] = [
      await apiCallerWith(client, 'reception'),
      await somePatient(),
      await given(),
    ]
    await retirePatient(callerOf(), { id: retired.uuid, version: 1 })
    await link(client, await someone('patient'), right)
    assert.equal((await api.post(codeOf(retired))).body().code, 'patient_retired')
    assert.equal((await api.post(codeOf(patient))).body().code, 'chart_has_account')
    assert.lengthOf(await codesOf(retired), 0)
  })

  test('of two desks at the same moment the later code is the one that lives', async ({ client, assert }) => {
    const patient = await somePatient()
    const api = await apiCallerWith(client, 'reception')
    const answers = await Promise.all([1, 2, 3, 4].map(() => api.post(codeOf(patient))))
    assert.deepEqual(
      answers.map((answer) => answer.status()),
      [201, 201, 201, 201]
    )
    const rows = await codesOf(patient)
    assert.lengthOf(rows, 1)
    assert.include(
      answers.map((answer) => answer.body().data.id),
      rows[0].uuid
    )
  })

  test('a token needs the ability to link accounts', async ({ client, assert }) => {
    const [user, patient] = [await someone('reception'), await somePatient()]
    const narrow = await apiCaller(client, user, ['patients.view_any', 'patients.correct_any'])
    assert.equal((await narrow.post(codeOf(patient))).status(), 403)
    assert.equal((await (await apiCaller(client, user, ['patients.link_account'])).post(codeOf(patient))).status(), 201)
  })
})

test.group('A chart is taken from an account', (group) => {
  group.each.teardown(() => moveClock(0))

  async function unlink(client: ApiClient, headers: Record<string, string>, { uuid }: Patient) {
    const requestId = newUuid()
    const request = client.delete(`${PATIENTS}/${uuid}/account`)
    for (const [name, value] of Object.entries({ ...headers, 'X-Request-Id': requestId })) request.header(name, value)
    return Object.assign(await request, { requestId })
  }

  test('by the desk, by somebody who proved of late who they are, and by nobody else', async ({ client, assert }) => {
    const [{ patient, right }, user] = [await given(), await someone('patient')]
    await link(client, user, right)
    for (const role of ['doctor', 'nurse', 'lab', 'patient'])
      assert.equal((await unlink(client, await sessionOf(await someone(role)), patient)).status(), 403, role)
    assert.equal((await unlink(client, await sessionOf(user), patient)).status(), 403, 'nor by whose it is')
    const desk = await someone('reception')
    const bearer = { authorization: `Bearer ${await tokenOf(desk)}` }
    assert.equal((await unlink(client, bearer, patient)).body().code, 'session_required')
    const headers = await sessionOf(desk)
    moveClock(6 * 60_000)
    assert.equal((await unlink(client, headers, patient)).body().code, 'step_up_required')
    moveClock(0)
    assert.equal(Number(await accountOf(patient)), user.id)
    const answer = await unlink(client, headers, patient)
    assert.deepEqual(answer.body().data, { patient_id: patient.uuid, user_id: null })
    assert.isNull(await accountOf(patient))
  })

  test('closes it on the next request; a new code opens it again, to another too', async ({ client, assert }) => {
    const [{ patient, right }, user] = [await given(), await someone('patient')]
    await link(client, user, right)
    const path = `${PATIENTS}/${patient.uuid}`
    const headers = await sessionOf(user)
    const status = async () => {
      const request = client.get(path)
      for (const [name, value] of Object.entries(headers)) request.header(name, value)
      return (await request).status()
    }
    assert.equal(await status(), 200)
    const desk = await sessionOf(await someone('reception'))
    await unlink(client, desk, patient)
    assert.equal(await status(), 403)
    assert.equal((await unlink(client, desk, patient)).body().code, 'no_account_linked')
    assert.equal((await link(client, user, right)).status(), 422, 'a code that was used stays used')
    const { value } = await issueChartCode(callerOf(), { patient_id: patient.uuid })
    assert.equal((await link(client, await someone('patient'), { ...right, code: value! })).status(), 201)
  })

  test('leaves, like each step before, one entry with the patient and without what was typed', async ({
    client,
    assert,
  }) => {
    const [{ patient, right }, user] = [await given(), await someone('patient')]
    const desk = await someone('reception')
    const answers = [
      await link(client, user, { ...right, national_id: someDigits() }),
      await link(client, user, { ...right, dob: '1988-02-04' }),
      await link(client, user, right),
      await unlink(client, await sessionOf(desk), patient),
    ]
    const entries = []
    for (const { requestId } of answers) {
      const rows = await auditOf(requestId)
      assert.lengthOf(rows, 1)
      entries.push(rows[0])
      for (const secret of [right.code, right.code.replace('-', ''), right.national_id])
        assert.notInclude(JSON.stringify(rows), secret)
    }
    assert.deepEqual(
      entries.map((row) => [row!.action, row!.outcome, row!.patient_uuid, row!.user_id]),
      [
        ['links.link_own_chart', 'refused', null, user.id],
        ['links.link_own_chart', 'refused', patient.uuid, user.id],
        ['links.link_own_chart', 'done', patient.uuid, user.id],
        ['links.unlink_account', 'done', patient.uuid, desk.id],
      ]
    )
    assert.equal(JSON.parse(entries[3]!.details).user, user.uuid)
  })
})
