// npm run proof: the long proofs, one by name. What a proof is, docs/proofs.md says.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { closingLine } from './counts.mjs'
import { installDependencies } from './install.mjs'
import { requireNode24 } from './node24.mjs'
import { isMain, projectRoot } from './project.mjs'
import { runChild } from './run_child.mjs'

const USAGE = 'usage: npm run proof -- <name> [--runs N | --share PERCENT] [--seed S]'
const OPTIONS = { runs: { type: 'string' }, share: { type: 'string' }, seed: { type: 'string' } }

export function listProofs(root = projectRoot) {
  const folder = join(root, 'tests', 'proofs')
  const files = existsSync(folder) ? readdirSync(folder) : []
  return files.filter((file) => /^\w+\.ts$/.test(file)).map((file) => file.slice(0, -'.ts'.length))
}

/** @returns {{name: string, options: object} | {error: string}} */
export function readRequest(argv, proofs) {
  const known = proofs.length > 0 ? `Proofs: ${proofs.join(', ')}.` : 'There is no proof yet.'
  try {
    const { values, positionals } = parseArgs({ args: argv, options: OPTIONS, allowPositionals: true })
    if (positionals.length !== 1) return { error: `${USAGE}\n${known}` }
    if (!proofs.includes(positionals[0])) return { error: `There is no proof named "${positionals[0]}". ${known}` }
    const wrong = Object.entries(values).find(([, value]) => !(Number(value) > 0))
    if (wrong) return { error: `--${wrong[0]} is a number above 0, not "${wrong[1]}".` }
    return { name: positionals[0], options: values }
  } catch (error) {
    return { error: `${error.message}\n${USAGE}` }
  }
}

async function main() {
  const request = readRequest(process.argv.slice(2), listProofs())
  if (request.error) {
    console.error(request.error)
    return 2
  }
  await installDependencies(undefined, { silent: true })
  const options = Object.entries(request.options).flatMap(([name, value]) => [`--${name}`, value])
  const program = ['--import', '@poppinss/ts-exec', 'tools/run_proof.mjs', request.name, ...options]
  const { code } = await runChild(requireNode24(), program, { input: 'ignore' })
  console.log(closingLine({ passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 }))
  return code
}

if (isMain(import.meta.url)) process.exitCode = await main()
