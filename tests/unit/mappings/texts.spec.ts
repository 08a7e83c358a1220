import { readFileSync } from 'node:fs'
import { test } from '@japa/runner'
import { mappingCodes, rowCodes, sourceCodes } from '#app/mappings/source_problems'

const textsOf = (locale: string): Record<string, string> =>
  JSON.parse(readFileSync(new URL(`../../../resources/lang/${locale}/imports.json`, import.meta.url), 'utf8'))

const french = textsOf('fr')
const english = textsOf('en')
const argumentsOf = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()

test.group('Texts of refusals', () => {
  for (const code of [...rowCodes, ...mappingCodes, ...sourceCodes]) {
    test(`${code} has a sentence in both languages, with the same arguments`, ({ assert }) => {
      const [one, other] = [french[`codes.${code}`], english[`codes.${code}`]]
      assert.isString(one)
      assert.isString(other)
      assert.deepEqual(argumentsOf(one!), argumentsOf(other!))
    })
  }

  test('no sentence quotes a value of the row', ({ assert }) => {
    for (const code of rowCodes) assert.notInclude(argumentsOf(english[`codes.${code}`]!), 'value')
  })
})
