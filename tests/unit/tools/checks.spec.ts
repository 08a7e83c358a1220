import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from '@japa/runner'
import { judgeAudit } from '../../../tools/check/audit_packages.mjs'
import { argumentsOf } from '../../../tools/check/icu_arguments.mjs'
import { compareTranslations } from '../../../tools/check/translations.mjs'

function compare(files: Record<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), 'medinfo-lang-'))
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), content)
    }
    return compareTranslations(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

test.group('Translations', () => {
  test('a key, a nested key or a whole file that one language lacks is named', ({ assert }) => {
    const { problems } = compare({
      'fr/errors.json': '{"a": "x", "deep": {"b": "x"}}',
      'en/errors.json': '{"a": "x", "deep": {"c": "x"}}',
      'fr/cli/help.yaml': 'up: Démarre',
    })
    assert.deepEqual(problems, [
      'cli/help:up: missing in en',
      'errors:deep.b: missing in en',
      'errors:deep.c: missing in fr',
    ])
  })

  test('a placeholder that one language lacks is named', ({ assert }) => {
    const { problems } = compare({ 'fr/a.json': '{"hi": "Bonjour {nom}"}', 'en/a.json': '{"hi": "Hello {name}"}' })
    assert.deepEqual(problems, ['a:hi: placeholders differ, fr {nom}, en {name}'])
  })

  test('an apostrophe before a brace, which ICU takes for a quote, is caught as a lost placeholder', ({ assert }) => {
    const { problems } = compare({ 'fr/a.json': `{"by": "par l'{role}"}`, 'en/a.json': '{"by": "by the {role}"}' })
    assert.deepEqual(problems, ['a:by: placeholders differ, fr {}, en {role}'])
  })

  test('an empty text and a text with an open brace are named', ({ assert }) => {
    const { problems } = compare({ 'fr/a.json': '{"a": "", "b": "{c"}', 'en/a.json': '{"a": "x", "b": "{c}"}' })
    assert.deepEqual(problems, ['a:a: empty', 'a:b: a brace is not closed'])
  })

  test('the same keys in another order, in JSON and YAML, pass', ({ assert }) => {
    const { problems, texts } = compare({ 'fr/a.json': '{"a": "l’{x}", "b": "y"}', 'en/a.yml': 'b: y\na: the {x}' })
    assert.deepEqual(problems, [])
    assert.equal(texts, 2)
  })
})

test.group('Placeholders of a message', () => {
  test('{message}')
    .with([
      { message: 'none', names: [] },
      { message: '{b} and {a}, {a} again', names: ['a', 'b'] },
      { message: '{day, date, medium}', names: ['day'] },
      { message: '{n, plural, =0 {none} one {one in {file}} other {# in {file}}}', names: ['file', 'n'] },
      { message: "aujourd'hui l''{name}", names: ['name'] },
      { message: "a quoted '{brace}' stays", names: [] },
      { message: "{sex, select, female {l''assurée} other {l''assuré}} {name}", names: ['name', 'sex'] },
    ])
    .run(({ assert }, { message, names }) => assert.deepEqual(argumentsOf(message), names))
})

test.group('npm audit', () => {
  const report = (severity: string) =>
    JSON.stringify({ metadata: { vulnerabilities: {} }, vulnerabilities: { pkg: { name: 'pkg', severity } } })

  test('a grave finding fails, by name', ({ assert }) => {
    assert.deepEqual(judgeAudit(report('critical')), { status: 'failed', detail: 'pkg: critical' })
  })

  test('a registry that answers no audit is said, and is no failure', ({ assert }) => {
    const answer = judgeAudit('npm warn x\n{"message": "405 Method Not Allowed", "error": {}}')
    assert.deepEqual(answer, { status: 'skipped', detail: 'the registry answers no audit (405 Method Not Allowed)' })
    assert.equal(judgeAudit('').status, 'skipped')
  })

  test('a clean report and a moderate finding pass', ({ assert }) => {
    assert.equal(judgeAudit(JSON.stringify({ metadata: { vulnerabilities: {} } })).status, 'passed')
    assert.equal(judgeAudit(report('moderate')).status, 'passed')
  })
})
