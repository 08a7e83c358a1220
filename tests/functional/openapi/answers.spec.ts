import { test } from '@japa/runner'
import { newUuid } from '#app/core/ids'
import { openapiDocument } from '#app/openapi/openapi_document'
import { apiCallerWith, PATIENTS } from '#tests/functional/api_caller'
import { somePatient } from '#tests/functional/patients/some_patient'
import { answerChecker, expectDocumented, type Seen } from '#tests/openapi_answers'

const JSON_TYPE = 'application/json; charset=utf-8'
const PROBLEM_TYPE = 'application/problem+json; charset=utf-8'

test.group('An answer that the document does not know', (group) => {
  let complaints: ReturnType<typeof answerChecker>
  let listed: Seen
  let missing: Seen

  group.setup(() => {
    complaints = answerChecker()
  })

  test('is told from one that it knows', async ({ client, assert }) => {
    const api = await apiCallerWith(client, 'reception')
    await somePatient()
    const list = await api.get(PATIENTS)
    const none = await api.get(`${PATIENTS}/${newUuid()}`)
    listed = { method: 'GET', path: PATIENTS, status: 200, contentType: JSON_TYPE, body: list.body() }
    missing = { method: 'GET', path: `${PATIENTS}/1`, status: 404, contentType: PROBLEM_TYPE, body: none.body() }
    assert.deepEqual(complaints(listed), [])
    assert.deepEqual(complaints(missing), [])
  })

  test('is caught: a status, a type, a member more or less, another code', ({ assert }) => {
    const body = listed.body as { data: Record<string, unknown>[]; meta: object }
    const [{ mrn: left, ...without }] = body.data as [Record<string, unknown>]
    const wrong: Record<string, Seen> = {
      'which the document does not say': { ...listed, status: 202 },
      'as text/plain': { ...listed, contentType: 'text/plain' },
      '"additionalProperty":"mrm"': { ...listed, body: { ...body, data: [{ ...without, mrm: left }] } },
      '"missingProperty":"next_cursor"': { ...listed, body: { ...body, meta: {} } },
      'must match format "date"': { ...listed, body: { ...body, data: [{ ...without, mrn: left, dob: 'May' }] } },
      'must be equal to one of the allowed values': { ...missing, body: { ...(missing.body as object), code: 'gone' } },
      'no route, and yet 404 not_found': { ...missing, path: '/api/v1/nowhere' },
    }
    for (const [complaint, seen] of Object.entries(wrong)) assert.include(complaints(seen).join('\n'), complaint)
  })

  test('is caught of a route that the document leaves out', ({ assert }) => {
    const { paths, ...rest } = openapiDocument('en') as { paths: Record<string, object> }
    const { [PATIENTS]: left, ...others } = paths
    assert.isDefined(left)
    assert.deepEqual(answerChecker({ ...rest, paths: others })(listed), [`GET ${PATIENTS} is not in the document`])
  })

  test('fails the test that received it', async ({ client, assert }) => {
    const answer = await client.get('/api/v1/public/info')
    const forged = Object.create(answer, { status: { value: () => 418 } }) as typeof answer
    assert.throws(() => expectDocumented(forged), /answers 418/)
  })
})
