import fc, { type Arbitrary } from 'fast-check'
import { ROLES, type Case } from '#tests/fuzz/cases'
import type { ApiDocument } from '#tests/fuzz/document'
import { hostileBody, hostileHeader, hostileSegment } from '#tests/fuzz/hostile_requests'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND']
const PAGES = [
  '/',
  '/docs',
  '/docs/{file}',
  '/problems',
  '/problems/{code}',
  '/health',
  '/nowhere',
  '/api',
  '/api/v1/{x}',
]

/** Requests that no operation of the document takes, or only by chance: another method, another address, a page. */
export function astrayCases(document: ApiDocument): Arbitrary<Case> {
  const paths = [...new Set(document.operations.map(({ path }) => path)), ...PAGES]
  const segments = fc.array(hostileSegment, { minLength: 4, maxLength: 4 })
  const address = fc
    .tuple(fc.constantFrom(...paths), segments, fc.constantFrom('', '/', '//', '/.', '?', '#'))
    .map(([path, [...left], end]) => path.replaceAll(/\{\w+\}/g, () => left.pop() ?? 'x') + end)
  return fc
    .record({
      method: fc.constantFrom(...METHODS),
      as: fc.constantFrom(null, ...ROLES),
      address,
      headers: fc.oneof(fc.constant({}), hostileHeader),
      body: fc.oneof({ arbitrary: fc.constant(null), weight: 4 }, { arbitrary: hostileBody, weight: 1 }),
    })
    .map((each) => ({ operation: '(astray)', isAstray: true, proof: 'own' as const, ...each }))
}
