import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { test } from '@japa/runner'

const ROOT = process.cwd()
const CONFIG = ['.dependency-cruiser.cjs', 'tsconfig.boundaries.json', 'tsconfig.json', 'package.json']
const { forbidden } = createRequire(import.meta.url)(join(ROOT, '.dependency-cruiser.cjs')) as {
  forbidden: { name: string }[]
}

type Tree = Record<string, string>

/** One file that breaks each rule; the comment beside a name is what it would be in real life. */
const PLANTED: Record<string, Tree> = {
  'resolvable': { 'app/patients/lost.ts': `import '#app/patients/nowhere'` },
  'core-knows-no-domain': { 'app/core/clock.ts': `import '#app/patients/patient'` },
  'core-knows-models-by-type': { 'app/core/caller.ts': `import User from '#app/users/user'\nexport const a = User` },
  'rules-know-no-door': { 'app/patients/merge_patients.ts': `import '#app/patients/patients_controller'` },
  'rules-know-no-http': {
    'app/patients/register_patient.ts': `import type { HttpContext } from '@adonisjs/core/http'\nexport type A = HttpContext`,
  },
  'back-office-and-command-line-stand-alone': { 'cli/commands/show.ts': `import '#app/patients/patients_controller'` },
  'sync-stands-alone': { 'app/sync/apply_mutation.ts': `import '#app/patients/patients_controller'` },
  'api-stands-alone': { 'app/users/users_controller.ts': `import '#cli/report'` },
  'doors-do-not-write': {
    'app/users/roles_controller.ts': `import db from '@adonisjs/lucid/services/db'\nexport default db`,
  },
  'protocol-imports-nothing': { 'app/sync/protocol.ts': `import '#app/core/problem'` },
  'pwa-knows-the-protocol-only': { 'resources/pwa/main.ts': `import '../../app/users/user'` },
  'back-office-pages-know-no-server': {
    'admin/pages/index.ts': `import '../../app/users/user'`,
    'admin/options.ts': 'export const options = 1',
  },
  'shared-words-import-words': { 'app/patients/names/fold_name.ts': `import '#app/core/problem'` },
  'production-needs-no-development-package': {
    'app/users/checks.ts': `import compiler from 'typescript'\nexport default compiler`,
  },
  'production-knows-no-test': { 'app/users/seed.ts': `import '#tests/factories'` },
  'no-cycles': {
    'app/labs/one.ts': `import { two } from '#app/labs/two'\nexport const one = () => two`,
    'app/labs/two.ts': `import { one } from '#app/labs/one'\nexport const two = () => one`,
  },
}

/** What the rules allow, beside what they forbid. */
const ALLOWED: Tree = {
  'app/core/problem.ts': 'export class Problem {}',
  'app/core/use_case.ts': `import '#app/audit/record'\nimport type User from '#app/users/user'\nexport type A = User`,
  'app/audit/record.ts': 'export const record = 1',
  'app/users/user.ts': `import '#app/core/problem'\nexport default class User {}`,
  'app/patients/patient.ts': `import type { Visit } from '#app/labs/visit'\nexport default class Patient { visit?: Visit }`,
  'app/labs/visit.ts': `import type Patient from '#app/patients/patient'\nexport interface Visit { patient: Patient }`,
  'app/patients/patients_controller.ts':
    `import type { HttpContext } from '@adonisjs/core/http'\nimport '#app/http/caller_from'\n` +
    `import '#app/patients/patient'\nexport type A = HttpContext`,
  'app/patients/routes.ts': `import '#app/patients/patients_controller'\nimport router from '@adonisjs/core/services/router'\nexport default router`,
  'app/http/caller_from.ts': `import '#app/core/use_case'`,
  'app/patients/patient_transformer.ts': `import '#app/http/caller_from'`,
  'app/patients/operations.ts': `import '#app/patients/patient_transformer'`,
  'app/openapi/openapi_document.ts': `import '#start/operations'`,
  'start/operations.ts': `import '#app/patients/operations'`,
  'start/routes.ts': `import '#app/patients/routes'`,
  'cli/report.ts': `import '#app/patients/patient'\nimport '#app/http/caller_from'`,
  'app/patients/names/fold_name.ts': 'export const foldName = 1',
  'app/allergies/spell_substance.ts': `import '#app/patients/names/fold_name'`,
  'resources/pwa/main.ts': `import '#app/allergies/spell_substance'\nimport '#pwa/app'`,
  'resources/pwa/app.ts': 'export const app = 1',
  'tests/factories.ts': `import '#app/patients/patient'\nimport compiler from 'typescript'\nexport default compiler`,
}

function cruise(tree: Tree) {
  mkdirSync(join(ROOT, 'tmp'), { recursive: true })
  const folder = mkdtempSync(join(ROOT, 'tmp', 'planted-'))
  try {
    for (const file of CONFIG) cpSync(join(ROOT, file), join(folder, file))
    for (const [path, source] of Object.entries(tree)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), `${source}\n`)
    }
    const folders = ['admin', 'app', 'cli', 'resources', 'start', 'tests'].filter((name) =>
      Object.keys(tree).some((path) => path.startsWith(`${name}/`))
    )
    const program = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
    const { stdout } = spawnSync(process.execPath, [program, ...folders, '--output-type', 'json'], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    })
    const { violations } = JSON.parse(stdout).summary as { violations: { rule: { name: string }; from: string }[] }
    return violations.map(({ rule, from }) => `${rule.name}: ${from}`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

test.group('Import rules', () => {
  test('every rule catches the violation that is planted for it', ({ assert }) => {
    const found = cruise(Object.assign({ ...ALLOWED }, ...Object.values(PLANTED)))
    for (const { name } of forbidden) {
      const file = Object.keys(PLANTED[name] ?? {})[0]
      assert.include(found, `${name}: ${file}`)
    }
  })

  test('what the house allows passes', ({ assert }) => {
    assert.deepEqual(cruise(ALLOWED), [])
  })
})
