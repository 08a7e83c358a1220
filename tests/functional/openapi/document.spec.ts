import { execFile } from 'node:child_process'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import i18nManager from '@adonisjs/i18n/services/main'
import { test } from '@japa/runner'
import { apiRoutes, openapiDocument } from '#app/openapi/openapi_document'
import { problemCodes } from '#app/openapi/problem_codes'
import { requestParts } from '#app/openapi/request_parts'
import { tagOf } from '#app/openapi/operation_entry'
import { PROBLEMS } from '#app/http/problem_catalogue'
import { OPERATIONS } from '#start/operations'

const LOCALES = ['fr', 'en'] as const
const REDOCLY = 'node_modules/@redocly/cli/bin/cli.js'
const RULES = 'tests/functional/openapi/redocly.yaml'

/** What the linter says of a document; null when it has nothing to say. */
async function lint(document: object): Promise<string | null> {
  const folder = join('tmp', `document-${process.pid}`)
  const file = join(folder, 'openapi.json')
  await mkdir(folder, { recursive: true })
  await writeFile(file, JSON.stringify(document))
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' }
  try {
    await promisify(execFile)(process.execPath, [REDOCLY, 'lint', file, '--config', RULES, '--format', 'json'], { env })
    return null
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string }
    return stdout || stderr
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

test.group('The API’s document', () => {
  test('tells of every route, and of no other', ({ assert }) => {
    const names = apiRoutes().map(({ name }) => name)
    assert.sameMembers(names, Object.keys(OPERATIONS))
    assert.lengthOf(new Set(names), names.length)
  })

  for (const locale of LOCALES) {
    test(`has a summary of every operation and a name of every part in ${locale}`, ({ assert }) => {
      const i18n = i18nManager.locale(locale)
      const told = (key: string) => i18n.t(key, undefined, '')
      for (const name of Object.keys(OPERATIONS)) assert.notEqual(told(`api.operations.${name}`), '', name)
      for (const operation of Object.values(OPERATIONS)) assert.notEqual(told(`api.tags.${tagOf(operation)}`), '')
      const summaries = Object.keys(i18n.localeTranslations).filter((key) => key.startsWith('api.operations.'))
      const known = Object.keys(OPERATIONS).map((name) => `api.operations.${name}`)
      assert.sameMembers(summaries, known)
    })

    test(`keeps the linter silent in ${locale}`, async ({ assert }) => {
      assert.isNull(await lint(openapiDocument(locale)))
    })

    test(`is served to anybody in ${locale}`, async ({ client, assert }) => {
      for (const request of [
        client.get('/api/v1/openapi.json').qs({ lang: locale }),
        client.get('/api/v1/openapi.json').header('accept-language', locale),
      ]) {
        const answer = await request
        assert.equal(answer.status(), 200)
        assert.equal(answer.header('content-language'), locale)
        assert.deepEqual(answer.body(), JSON.parse(JSON.stringify(openapiDocument(locale))))
      }
    })
  }

  test('makes the linter speak when an example breaks its schema or a reference leads nowhere', async ({ assert }) => {
    const broken = JSON.parse(JSON.stringify(openapiDocument('en')))
    const body = broken.paths['/api/v1/patients'].post.requestBody.content['application/json']
    body.examples.example.value.sex = 'unheard'
    assert.include(await lint(broken), 'no-invalid-media-type-examples')
    const lost = JSON.parse(JSON.stringify(openapiDocument('en')).replace('schemas/PatientFields"', 'schemas/Lost"'))
    assert.include(await lint(lost), 'no-unresolved-refs')
  })

  test('names every refusal of the catalogue in some answer, but those that meet no operation', ({ assert }) => {
    const routed = apiRoutes().filter(({ name }) => OPERATIONS[name])
    const named = routed.flatMap((route) => {
      const operation = OPERATIONS[route.name]!
      return [...problemCodes(operation, requestParts(operation, route), route.method).values()].flat()
    })
    const unnamed = Object.keys(PROBLEMS).filter((code) => !named.includes(code))
    assert.sameMembers(unnamed, ['method_not_allowed', 'proxy_not_trusted'])
  })

  test('says of a correction where the version goes, and of a search what it may ask', ({ assert }) => {
    const { paths } = JSON.parse(JSON.stringify(openapiDocument('en')))
    const correction = paths['/api/v1/patients/{id}'].patch
    const schema = correction.requestBody.content['application/json'].schema
    assert.includeMembers(Object.keys(schema.properties), ['version', 'phone'])
    assert.notProperty(schema.properties, 'id')
    assert.deepEqual(schema.required, [])
    const names = ({ parameters }: any) => parameters.map((each: any) => `${each.in} ${each.name}`)
    assert.includeMembers(names(correction), ['path id', 'header If-Match'])
    assert.includeMembers(Object.keys(correction.responses), ['200', '401', '403', '404', '409', '422', '428'])
    assert.includeMembers(names(paths['/api/v1/patients/search'].get), ['query name', 'query cursor'])
    assert.deepEqual(paths['/api/v1/public/info'].get.security, [])
  })
})
