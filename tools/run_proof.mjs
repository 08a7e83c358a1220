// Runs one proof inside Node 24; tools/proof.mjs starts it.
import { randomInt } from 'node:crypto'
import { pathToFileURL } from 'node:url'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { projectRoot } from './project.mjs'

const options = { runs: { type: 'string' }, share: { type: 'string' }, seed: { type: 'string' } }
const { values, positionals } = parseArgs({ options, allowPositionals: true })
const [name] = positionals
const proof = await import(pathToFileURL(join(projectRoot, 'tests', 'proofs', `${name}.ts`)).href)

const runs = Number(values.runs ?? Math.ceil(proof.runs * (Number(values.share ?? 100) / 100)))
const seed = Number(values.seed ?? randomInt(1, 2 ** 31))
const startedAt = performance.now()
console.log(`proof ${name}: ${runs} of ${proof.runs} runs, seed ${seed}`)
try {
  await proof.prove({ runs, seed, log: console.log })
  console.log(`proof ${name}: held (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`)
} catch (error) {
  console.error(error)
  console.error(`proof ${name}: broken; again with: npm run proof -- ${name} --runs ${runs} --seed ${seed}`)
  process.exitCode = 1
}
