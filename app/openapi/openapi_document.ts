import router from '@adonisjs/core/services/router'
import i18nManager from '@adonisjs/i18n/services/main'
import { VERSION } from '#app/core/release'
import { PROBLEMS } from '#app/http/problem_catalogue'
import { problemExample } from '#app/http/problem_example'
import { PAGE_META, ProblemAnswers, type Say } from '#app/openapi/answers'
import { NamedSchemas } from '#app/openapi/json_schema'
import { operationEntry, tagOf, type Route } from '#app/openapi/operation_entry'
import { problemSchema } from '#app/openapi/problem_schema'
import env from '#start/env'
import { OPERATIONS } from '#start/operations'

export type Locale = 'fr' | 'en'

/**
 * The API in OpenAPI 3.1: paths from the router, requests from the validators of the gates, answers from the shapes of
 * the transformers, refusals from the catalogue. Nothing is written down twice.
 * A route without an operation is left out, and fails the tests.
 */
export function openapiDocument(locale: Locale, { withFields = true } = {}): object {
  const i18n = i18nManager.locale(locale)
  const say: Say = (key) => i18n.t(key, undefined, '')
  const schemas = new NamedSchemas()
  const problems = new ProblemAnswers(say)
  const paths: Record<string, Record<string, object>> = {}
  for (const route of apiRoutes()) {
    const operation = OPERATIONS[route.name]
    if (!operation) continue
    const path = route.pattern.replaceAll(/:(\w+)/g, '{$1}')
    const hasAddress = route.name.endsWith('.store') && route.name.replace(/store$/, 'show') in OPERATIONS
    const entry = operationEntry(operation, route, { schemas, problems, say, withFields, hasAddress })
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: entry }
  }
  return {
    openapi: '3.1.1',
    info: {
      title: env.get('APP_NAME', 'MedInfo'),
      version: VERSION,
      description: say('api.description'),
      license: { name: 'AGPL-3.0-or-later', identifier: 'AGPL-3.0-or-later' },
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }, { session: [], csrf: [] }],
    tags: tags(say),
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: say('api.bearer') },
        session: { type: 'apiKey', in: 'cookie', name: '__Host-medinfo', description: say('api.session') },
        device: { type: 'apiKey', in: 'header', name: 'Authorization', description: say('api.device') },
        csrf: { type: 'apiKey', in: 'header', name: 'X-CSRF-Token', description: say('api.csrf') },
      },
      schemas: { ...schemas.found, PageMeta: PAGE_META, Problem: problemSchema() },
      responses: problems.found,
      examples: problemExamples(locale, problems),
    },
  }
}

/** Every route under /api, HEAD aside, which answers what GET does without its body. */
export function apiRoutes(): Route[] {
  return Object.values(router.toJSON())
    .flat()
    .filter(({ pattern }) => pattern.startsWith('/api/'))
    .flatMap(({ name, pattern, methods, matchers }) => {
      const matched = Object.keys(matchers).filter((param) => pattern.includes(`:${param}`))
      const own = methods.filter((method) => method !== 'HEAD')
      return own.map((method) => ({ name: name ?? '', method, pattern, matched }))
    })
}

function tags(say: Say) {
  const used = new Set(Object.values(OPERATIONS).map(tagOf))
  return [...used].map((name) => ({ name, description: say(`api.tags.${name}`) }))
}

function problemExamples(locale: Locale, { found }: ProblemAnswers) {
  const used = Object.keys(PROBLEMS).filter((code) => Object.keys(found).some((name) => name.split('.').includes(code)))
  return Object.fromEntries(
    used.map((code) => {
      const value = problemExample(code, locale)
      return [code, { summary: value.title, value }]
    })
  )
}
