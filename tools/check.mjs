// npm run check: what can be said of the sources without running them. Every step runs, whatever became of the others.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { auditPackages } from './check/audit_packages.mjs'
import { compareTranslations } from './check/translations.mjs'
import { closingLine } from './counts.mjs'
import { installDependencies } from './install.mjs'
import { requireNode24 } from './node24.mjs'
import { projectRoot } from './project.mjs'
import { runChild } from './run_child.mjs'

const BOUNDED = ['app', 'admin', 'bin', 'cli', 'config', 'database', 'resources/pwa', 'start', 'tests', 'bench']

await installDependencies(undefined, { silent: true })
const node = requireNode24()

const steps = [
  ['types', program('typescript/bin/tsc', '--noEmit')],
  ['types of the app', program('typescript/bin/tsc', '--noEmit', '-p', 'resources/pwa')],
  ['types of the back office', program('typescript/bin/tsc', '--noEmit', '-p', 'admin/pages')],
  ['lint', program('eslint/bin/eslint.js', '.')],
  ['import rules', program('dependency-cruiser/bin/dependency-cruise.mjs', ...present(BOUNDED))],
  ['dead code', program('knip/bin/knip.js', '--no-progress')],
  ['translations', checkTranslations],
  ['npm audit', auditPackages],
]

const results = []
for (const [name, work] of steps) {
  const startedAt = performance.now()
  const { status, detail } = await work()
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  if (detail) console.log(detail.trimEnd())
  results.push({ name, status })
  console.log(`${status.padEnd(8)} ${name} (${seconds} s)`)
}
const count = (wanted) => results.filter(({ status }) => status === wanted).length
console.log(closingLine({ passed: count('passed'), failed: count('failed'), skipped: count('skipped') }))
process.exitCode = count('failed') > 0 ? 1 : 0

function program(path, ...args) {
  return async () => {
    const { code, output } = await runChild(node, [join('node_modules', path), ...args], {
      quiet: true,
      input: 'ignore',
    })
    return code === 0 ? { status: 'passed', detail: '' } : { status: 'failed', detail: output }
  }
}

function checkTranslations() {
  const problems = []
  for (const folder of ['resources/lang', 'resources/pwa/texts', 'admin/texts']) {
    const compared = compareTranslations(join(projectRoot, folder))
    problems.push(...compared.problems)
    if (compared.texts === 0) problems.push(`no text was found in ${folder}`)
  }
  return { status: problems.length > 0 ? 'failed' : 'passed', detail: problems.join('\n') }
}

function present(folders) {
  return folders.filter((folder) => existsSync(join(projectRoot, folder)))
}
