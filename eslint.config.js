import { configApp, RULES_LIST } from '@adonisjs/eslint-config'
import { doorsDoNotWrite } from './tools/eslint/doors_do_not_write.mjs'

const DOORS = [
  'app/**/*_controller.ts',
  'app/**/*_transformer.ts',
  'app/**/*_middleware.ts',
  'app/**/{routes,operations}.ts',
  'app/{http,openapi}/**/*.ts',
  'app/sync/apply_mutation.ts',
  'admin/**/*.ts',
  'cli/**/*.ts',
]
const SCRIPTS = ['tools/**/*.mjs', 'bench/**/*.mjs', 'eslint.config.js', 'ace.js']
const READS_ENVIRONMENT = ['start/env.ts', 'bin/test.ts', 'tests/**/*.ts', 'bench/**', ...SCRIPTS]

const noProcessEnv = {
  selector:
    "MemberExpression[object.name='process']:matches([property.name='env'], [property.value='env']), " +
    "VariableDeclarator[init.name='process'] > ObjectPattern > Property[key.name='env']",
  message: 'Only start/env.ts reads the environment: import env from #start/env.',
}
const noEnvImport = {
  name: 'node:process',
  message: 'Use the global process; the environment is read in start/env.ts.',
}

const [appDefaults] = configApp().filter(({ name }) => name === 'AdonisJS app defaults')

export default configApp(
  { ignores: ['tmp/**', 'data/**', 'public/**', '.adonisjs/**', 'database/schema.ts', 'resources/pwa/api/schema.ts'] },
  {
    ...appDefaults,
    name: 'The app',
    files: ['resources/pwa/**/*.{ts,tsx}'],
    ignores: [],
    languageOptions: { ...appDefaults.languageOptions, parserOptions: { ecmaFeatures: { jsx: true } } },
    // A store, or a part that is loaded late, is asked for one thing: a name for each step in between says no more.
    rules: { ...appDefaults.rules, '@unicorn/no-await-expression-member': 'off' },
  },
  {
    ...appDefaults,
    name: 'Pages of the back office',
    files: ['admin/pages/**/*.{ts,tsx}'],
    ignores: [],
    languageOptions: { ...appDefaults.languageOptions, parserOptions: { ecmaFeatures: { jsx: true } } },
  },
  {
    name: 'MedInfo style',
    rules: {
      // Prettier breaks lines; what it leaves long is text.
      '@stylistic/max-len': 'off',
      // Prettier's trailing commas (es5) decide.
      '@stylistic/comma-dangle': 'off',
      // Columns and JSON are in snake_case, and keep their names when they are taken apart.
      '@typescript-eslint/naming-convention': [
        ...RULES_LIST['@typescript-eslint/naming-convention'],
        { selector: 'variable', modifiers: ['destructured'], format: null },
      ],
    },
  },
  {
    name: 'Scripts that run before the application',
    files: SCRIPTS,
    rules: { 'prettier/prettier': 'error', 'prefer-const': 'error', 'eqeqeq': ['error', 'always'] },
  },
  {
    name: 'Tests read like sentences',
    files: ['tests/**/*.ts'],
    rules: {
      // `(await patient.refresh()).version` is the sentence; a name for each step in between is not.
      '@unicorn/no-await-expression-member': 'off',
      // Inputs are in snake_case, and a case table names its columns as they are.
      '@typescript-eslint/naming-convention': 'off',
    },
  },
  {
    name: 'One reader of the environment',
    files: ['**/*.ts'],
    ignores: READS_ENVIRONMENT,
    rules: { 'no-restricted-syntax': ['error', noProcessEnv], 'no-restricted-imports': ['error', noEnvImport] },
  },
  {
    name: 'Doors do not write',
    files: DOORS,
    plugins: { medinfo: { rules: { 'doors-do-not-write': doorsDoNotWrite } } },
    rules: {
      'medinfo/doors-do-not-write': 'error',
      'no-restricted-imports': [
        'error',
        noEnvImport,
        {
          name: '@adonisjs/lucid/services/db',
          message: 'A door does not use the database: call a use-case or a query.',
        },
      ],
    },
  }
)
