import { readFileSync } from 'node:fs'
import { test } from '@japa/runner'
import { errors } from '@vinejs/vine'
import type { AnyValidator } from '#app/core/validated'
import { importConsultationValidator } from '#app/consultations/consultation_validator'
import { listedCodes, refusalCodes, remarkCodes } from '#app/imports/codes'
import { rowCodes } from '#app/mappings/source_problems'

type Texts = Record<string, string>
const textsOf = (locale: string, file: string): Texts =>
  JSON.parse(readFileSync(new URL(`../../../resources/lang/${locale}/${file}.json`, import.meta.url), 'utf8'))

/** What a validator or a problem of a domain may answer for a field; the functional tests bring each of them about. */
const DOMAIN_CODES = [
  ...['array', 'array.maxLength', 'born_after_death', 'date', 'email', 'enum', 'maxLength', 'minLength'],
  ...['not_in_the_future', 'object', 'regex', 'required', 'string', 'unknown_field'],
  ...['bad_character', 'bad_checksum', 'bad_shape', 'empty', 'unknown_country'],
]

test.group('Sentences of what an import says of a row', () => {
  for (const locale of ['fr', 'en']) {
    const imports = textsOf(locale, 'imports')
    const validation = textsOf(locale, 'validation')
    for (const code of [...rowCodes, ...refusalCodes, ...remarkCodes, ...listedCodes, ...DOMAIN_CODES]) {
      test(`${code} has one (${locale})`, ({ assert }) => {
        assert.isString(imports[`codes.${code}`] ?? validation[code])
      })
    }

    test(`those found at writing need no parameter, since notes keep none (${locale})`, ({ assert }) => {
      for (const code of [...refusalCodes, ...remarkCodes, ...listedCodes].filter((one) => one !== 'missing_reference'))
        assert.notMatch(imports[`codes.${code}`]!, /[{}]/)
    })
  }

  test('a rule of Vine is named as the texts name it', async ({ assert }) => {
    const validator: AnyValidator = importConsultationValidator
    const error = await validator.validate({ date: 'x', status: 'y' }).catch((thrown: unknown) => thrown)
    assert.instanceOf(error, errors.E_VALIDATION_ERROR)
    const rules = (error as InstanceType<typeof errors.E_VALIDATION_ERROR>).messages.map(
      ({ rule }: { rule: string }) => rule
    )
    assert.includeMembers(DOMAIN_CODES, rules)
  })
})
