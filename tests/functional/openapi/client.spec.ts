import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript'
import { format, resolveConfig } from 'prettier'
import { test } from '@japa/runner'
import { openapiDocument } from '#app/openapi/openapi_document'
import { someone, tokenOf } from '#tests/acting'
import { aPatient } from '#tests/functional/patients/some_patient'
import { apiClient } from '../../../resources/pwa/api/client.js'

const FILE = 'resources/pwa/api/schema.ts'
const HEADER = '// Made from the API’s document: WRITE_DOCS=1 npm test -- functional --files openapi/client.spec.ts\n\n'

/** Types of the document. Nothing of ours asks for `fields`, and an answer with all of them is simpler to read. */
async function typesOf(document: object): Promise<string> {
  const types = await openapiTS(JSON.parse(JSON.stringify(document)) as OpenAPI3)
  const source = HEADER + astToString(types)
  return format(source, { ...(await resolveConfig(FILE)), filepath: FILE })
}

test.group('The client made of the document', () => {
  test('is the document’s of today', async ({ assert }) => {
    const types = await typesOf(openapiDocument('en', { withFields: false }))
    if (process.env.WRITE_DOCS) writeFileSync(FILE, types)
    const kept = existsSync(FILE) ? readFileSync(FILE, 'utf8') : ''
    assert.isTrue(kept === types, `${FILE} is of another document: see its first line`)
  })

  test('would not be, were a field of the document renamed', async ({ assert }) => {
    const document = JSON.stringify(openapiDocument('en', { withFields: false }))
    const renamed = document.replaceAll('"family_name"', '"surname"')
    assert.notEqual(await typesOf(JSON.parse(renamed) as object), readFileSync(FILE, 'utf8'))
  })

  test('registers a patient, opens the chart, and is told why a request is refused', async ({ assert }) => {
    const { HOST, PORT } = process.env
    const token = await tokenOf(await someone('reception'))
    const api = apiClient({ baseUrl: `http://${HOST}:${PORT}`, token, language: 'en' })

    const identity = aPatient() as { family_name: string; given_name: string; sex: 'female'; dob: string }
    const registered = await api.POST('/api/v1/patients', { body: { ...identity, phone: '+221 77 123 45 67' } })
    assert.equal(registered.response.status, 201)
    const { id, family_name: name } = registered.data!.data
    assert.equal(name, identity.family_name)

    const opened = await api.GET('/api/v1/patients/{id}', { params: { path: { id } } })
    assert.equal(opened.data!.data.phone, '+221 77 123 45 67')
    assert.equal(opened.data!.data.version, 1)

    const stale = await api.PATCH('/api/v1/patients/{id}', {
      params: { path: { id } },
      body: { version: 7, sex: 'male' },
    })
    assert.equal(stale.error?.code, 'stale_version')
    assert.match(stale.error!.title, /version/i)
  })
})
