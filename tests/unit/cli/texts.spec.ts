import { readdirSync, readFileSync } from 'node:fs'
import { test } from '@japa/runner'
import { rowSentence } from '#app/imports/row_sentence'
import { languageOfShell } from '#app/setup/shell_environment'
import { findText, text } from '#cli/texts'
import { problemText } from '#cli/problem_text'
import { LastAdministrator, UnknownRole } from '#app/users/user_problems'
import { Invalid } from '#app/core/problem'
import { argumentsOf } from '../../../tools/check/icu_arguments.mjs'

const LANG = new URL('../../../resources/lang/', import.meta.url)

/** Of every file: which of them a command or a job will read is not known here. */
function textsWithBranches(language: 'fr' | 'en') {
  const found: { file: string; key: string; names: string[] }[] = []
  const walk = (file: string, texts: object, path: string[]) => {
    for (const [name, inner] of Object.entries(texts)) {
      const key = [...path, name]
      if (typeof inner === 'object') walk(file, inner as object, key)
      else if (/,\s*(plural|select|selectordinal)\s*,/.test(String(inner)))
        found.push({ file, key: key.join('.'), names: argumentsOf(String(inner)) as string[] })
    }
  }
  for (const name of readdirSync(new URL(`${language}/`, LANG)))
    walk(
      name.replace('.json', ''),
      JSON.parse(readFileSync(new URL(`${language}/${name}`, LANG), 'utf8')) as object,
      []
    )
  return found
}

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

  test('every text with a plural or a choice is filled in, whatever the count', ({ assert }) => {
    for (const language of ['fr', 'en'] as const) {
      const texts = textsWithBranches(language)
      assert.isAtLeast(texts.length, 15)
      for (const { file, key, names } of texts)
        for (const count of [0, 1, 2, 1000]) {
          const said = findText(file, key, Object.fromEntries(names.map((name) => [name, count])), language)
          assert.notMatch(said!, /[{}#]/, `${language} ${file} ${key}`)
        }
    }
  })

  test('a count is said as its language says it', ({ assert }) => {
    const said = (language: 'fr' | 'en') =>
      [0, 1, 2, 1000].map((rows) => findText('cli', 'audit.unsealed', { rows }, language))
    assert.deepEqual(said('fr'), [
      '0 ligne attend d’être scellée.',
      '1 ligne attend d’être scellée.',
      '2 lignes attendent d’être scellées.',
      '1\u202f000 lignes attendent d’être scellées.',
    ])
    assert.deepEqual(said('en'), [
      '0 rows wait to be sealed.',
      '1 row waits to be sealed.',
      '2 rows wait to be sealed.',
      '1,000 rows wait to be sealed.',
    ])
  })

  test('a plural without its number is not told to whoever imported a row: the code is', ({ assert }) => {
    assert.equal(rowSentence('minLength', { min: 2 }, 'en'), 'At least 2 characters are expected.')
    assert.equal(rowSentence('minLength', {}, 'en'), 'minLength')
    assert.equal(rowSentence('range', { min: 1 }, 'en'), 'range')
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
    const source = ['examine_machine', 'examine_database', 'examine_jobs']
      .map((name) => readFileSync(new URL(`../../../app/setup/${name}.ts`, import.meta.url), 'utf8'))
      .join('\n')
    const named = [...source.matchAll(/found\(\s*'(\w+)',([^\n]*)/g)]
    assert.isAtLeast(named.length, 15)
    for (const [, name, rest] of named)
      for (const [, code] of rest!.matchAll(
        /'(ok|\w+_\w+|missing|invalid|lax|other|pending|unreachable|unreadable|failed|halfway)'/g
      ))
        for (const language of ['fr', 'en'] as const)
          assert.isString(findText('cli', `doctor.${name}.${code}`, {}, language), `${name}.${code}`)
  })
})
