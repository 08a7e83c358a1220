import { readFileSync } from 'node:fs'
import { test } from '@japa/runner'
import { languageOfShell } from '#app/setup/shell_environment'
import { findText, text } from '#cli/texts'
import { problemText } from '#cli/problem_text'
import { LastAdministrator, UnknownRole } from '#app/users/user_problems'
import { Invalid } from '#app/core/problem'

test.group('The language of the command line', () => {
  test('is French unless the shell says English', ({ assert }) => {
    for (const variables of [{}, { LANG: 'C.UTF-8' }, { LANG: 'de_DE.UTF-8' }, { LANG: 'fr_SN.UTF-8' }])
      assert.equal(languageOfShell(variables), 'fr')
    for (const variables of [{ LANG: 'en_US.UTF-8' }, { LANG: 'EN' }, { LANGUAGE: 'en:fr' }])
      assert.equal(languageOfShell(variables), 'en')
  })

  test('LC_ALL wins over LC_MESSAGES, which wins over LANG; an empty one does not count', ({ assert }) => {
    assert.equal(languageOfShell({ LC_ALL: 'fr_FR', LC_MESSAGES: 'en_US', LANG: 'en_US' }), 'fr')
    assert.equal(languageOfShell({ LC_ALL: '', LC_MESSAGES: 'en_US', LANG: 'fr_FR' }), 'en')
  })
})

test.group('Texts of the command line', () => {
  test('an unknown text is a bug, and a value that is not given shows as its name', ({ assert }) => {
    assert.throws(() => text('no.such.text'))
    assert.include(findText('cli', 'serve.listening', {}, 'en'), '{url}')
    assert.include(findText('cli', 'serve.listening', { url: 'http://x' }, 'en'), 'http://x')
  })

  test('holds nothing but names between braces: there is no i18n service to choose a plural', ({ assert }) => {
    for (const language of ['fr', 'en']) {
      const file = new URL(`../../../resources/lang/${language}/cli.json`, import.meta.url)
      const odd = readFileSync(file, 'utf8').match(/\{\w+\s*,[^}]*/g)
      assert.isNull(odd, `${language}: ${odd?.join(' | ')}`)
    }
  })

  test('a refusal is told in both languages, with what it is about', ({ assert }) => {
    assert.equal(problemText(new LastAdministrator(), 'fr').title, 'Dernier administrateur')
    assert.equal(problemText(new LastAdministrator(), 'en').title, 'Last administrator')
    assert.include(problemText(new UnknownRole('wizard'), 'en').detail, '"wizard"')
  })

  test('each wrong field has its sentence', ({ assert }) => {
    const { errors } = problemText(
      new Invalid([{ pointer: '/limit', code: 'range', params: { min: 1, max: 9 } }]),
      'fr'
    )
    assert.deepEqual(errors, [
      { pointer: '/limit', code: 'range', detail: 'La valeur doit être comprise entre 1 et 9.' },
    ])
  })

  test('what doctor can find has a sentence in both languages', ({ assert }) => {
    const source = ['examine_machine', 'examine_database']
      .map((name) => readFileSync(new URL(`../../../app/setup/${name}.ts`, import.meta.url), 'utf8'))
      .join('\n')
    const named = [...source.matchAll(/found\(\s*'(\w+)',([^\n]*)/g)]
    assert.isAtLeast(named.length, 15)
    for (const [, name, rest] of named)
      for (const [, code] of rest!.matchAll(/'(ok|\w+_\w+|missing|invalid|lax|other|pending|unreachable|unreadable)'/g))
        for (const language of ['fr', 'en'] as const)
          assert.isString(findText('cli', `doctor.${name}.${code}`, {}, language), `${name}.${code}`)
  })
})
