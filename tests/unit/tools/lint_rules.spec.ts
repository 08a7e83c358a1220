import { ESLint } from 'eslint'
import { test } from '@japa/runner'

const eslint = new ESLint({ cwd: process.cwd() })

async function rulesBroken(filePath: string, source: string) {
  const [result] = await eslint.lintText(source, { filePath })
  return [...new Set(result!.messages.map(({ ruleId }) => ruleId))].filter((rule) => rule !== 'prettier/prettier')
}

const CONTROLLER = 'app/patients/patients_controller.ts'
const COMMAND = 'cli/commands/user/create.ts'
const WRITE = 'medinfo/doors-do-not-write'

test.group('Doors do not write', () => {
  test('{file}: {source}')
    .with([
      { file: CONTROLLER, source: 'await patient.save()' },
      { file: CONTROLLER, source: 'patient.merge({ a: 1 })' },
      { file: CONTROLLER, source: 'await patient.delete()' },
      { file: CONTROLLER, source: 'await this.patient.delete()' },
      { file: CONTROLLER, source: 'await Patient.create({})' },
      { file: CONTROLLER, source: `await patient['save']()` },
      { file: 'app/patients/patient_transformer.ts', source: 'await Patient.createMany([])' },
      { file: 'app/patients/routes.ts', source: `await patient.related('visits').create({})` },
      { file: 'app/http/caller_from.ts', source: 'await Patient.updateOrCreate({}, {})' },
      { file: 'app/sync/apply_mutation.ts', source: 'await rows.query().delete()' },
      { file: 'admin/resources/patients.ts', source: 'await Patient.firstOrCreate({}, {})' },
      { file: COMMAND, source: 'await new User().save()' },
    ])
    .run(async ({ assert }, { file, source }) => {
      assert.include(await rulesBroken(file, `${source}\n`), WRITE)
    })

  test('a door does not open the database', async ({ assert }) => {
    const source = `import db from '@adonisjs/lucid/services/db'\nexport default db\n`
    assert.deepEqual(await rulesBroken(COMMAND, source), ['no-restricted-imports'])
    assert.deepEqual(await rulesBroken('app/patients/find_patients.ts', source), [])
  })

  test('the same names elsewhere are no writes: {source}')
    .with([
      { source: `router.delete('/patients/:id', [PatientsController, 'destroy'])` },
      { source: 'const seen = new Map()\nseen.delete(1)' },
      { source: 'const seen: Set<string> = make()\nseen.delete(1)' },
      { source: 'class A {\n  #seen = new Set()\n  forget() {\n    this.#seen.delete(1)\n  }\n}' },
      { source: 'Object.create(null)' },
    ])
    .run(async ({ assert }, { source }) => {
      assert.notInclude(await rulesBroken(CONTROLLER, `${source}\n`), WRITE)
    })

  test('a use-case writes', async ({ assert }) => {
    assert.deepEqual(await rulesBroken('app/patients/merge_patients.ts', 'await patient.save()\n'), [])
  })
})

test.group('One reader of the environment', () => {
  test('{source}')
    .with([
      { source: 'export const a = process.env.APP_KEY', rule: 'no-restricted-syntax' },
      { source: `export const a = process['env']`, rule: 'no-restricted-syntax' },
      { source: 'export const { env } = process', rule: 'no-restricted-syntax' },
      { source: `import { env } from 'node:process'\nexport const a = env`, rule: 'no-restricted-imports' },
    ])
    .run(async ({ assert }, { source, rule }) => {
      assert.deepEqual(await rulesBroken('app/keys/keyring.ts', `${source}\n`), [rule])
      assert.deepEqual(await rulesBroken(CONTROLLER, `${source}\n`), [rule])
      assert.deepEqual(await rulesBroken('start/env.ts', `${source}\n`), [])
    })
})

test.group('Components', () => {
  test('of the back office have the rules of all else', async ({ assert }) => {
    const source = 'export const Status = async () => <b>{(await fetch(location.href)).status}</b>\n'
    assert.deepEqual(await rulesBroken('admin/pages/status.tsx', source), ['@unicorn/no-await-expression-member'])
  })
})
