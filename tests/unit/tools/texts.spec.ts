import { test } from '@japa/runner'
import { argumentsOf } from '../../../tools/check/icu_arguments.mjs'
import { languageOf, say, stepLine, texts } from '../../../tools/texts.mjs'

test.group('What the tools say', () => {
  test('every text is there in French and in English, with the same placeholders', ({ assert }) => {
    assert.sameMembers(Object.keys(texts.en), Object.keys(texts.fr))
    for (const key of Object.keys(texts.fr))
      assert.deepEqual(argumentsOf(texts.en[key]), argumentsOf(texts.fr[key]), key)
  })

  test('{locale} speaks {language}')
    .with([
      { locale: 'no locale', env: {}, language: 'fr' },
      { locale: 'LANG=C.UTF-8', env: { LANG: 'C.UTF-8' }, language: 'fr' },
      { locale: 'LANG=en_US', env: { LANG: 'en_US.UTF-8' }, language: 'en' },
      {
        locale: 'LC_MESSAGES=en_GB over a French LANG',
        env: { LANG: 'fr_FR.UTF-8', LC_MESSAGES: 'en_GB.UTF-8' },
        language: 'en',
      },
      {
        locale: 'LC_ALL=fr_CI over an English LANG',
        env: { LANG: 'en_US.UTF-8', LC_ALL: 'fr_CI.UTF-8' },
        language: 'fr',
      },
      { locale: 'an empty LC_ALL over LANG=en_US', env: { LANG: 'en_US.UTF-8', LC_ALL: '' }, language: 'en' },
    ])
    .run(({ assert }, { env, language }) => assert.equal(languageOf(env), language))

  test('a sentence takes its values, and a step its time, with the comma where French writes one', ({ assert }) => {
    assert.include(say('nodeTooOld', { version: 'v20.1.0' }, 'en'), 'v20.1.0')
    assert.match(stepLine('Compilation', performance.now(), 'fr'), /^Compilation \(0,\d s\)$/)
    assert.match(stepLine('Build', performance.now(), 'en'), /^Build \(0\.\d s\)$/)
  })
})
