import { execFile, execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { test } from '@japa/runner'
import { someone, tokenOf } from '#tests/acting'

const DOCUMENT = 'docs/api/walkthrough.md'
const STEP = /```sh\n([\s\S]+?)```\n+```json\n([\s\S]+?)```/g

interface Step {
  commands: string
  answer: unknown
}

async function stepsOf(file: string): Promise<Step[]> {
  const text = await readFile(file, 'utf8')
  return [...text.matchAll(STEP)].map(([, commands, answer]) => ({ commands: commands!, answer: JSON.parse(answer!) }))
}

function hasCurl(): boolean {
  try {
    execFileSync('curl', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Runs the blocks one after the other in one shell, as a reader would, and gives what each printed. */
async function run(steps: Step[], env: Record<string, string>): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'walkthrough-'))
  const outputs = steps.map((_, n) => join(folder, `${n}`))
  const script = steps.map(({ commands }, n) => `{\n${commands}\n} > '${outputs[n]}'`).join('\n')
  await promisify(execFile)('bash', ['-eu', '-c', script], { env: { ...process.env, ...env } })
  const printed = await Promise.all(outputs.map((file) => readFile(file, 'utf8')))
  await rm(folder, { recursive: true })
  return printed
}

/** Where the shown part differs from the whole; `…` stands for anything. */
function differences(shown: unknown, whole: unknown, at = ''): string[] {
  if (shown === '…') return whole === undefined || whole === null ? [`${at}: nothing is there`] : []
  if (shown === null || typeof shown !== 'object')
    return Object.is(shown, whole) ? [] : [`${at}: ${JSON.stringify(whole)}, not ${JSON.stringify(shown)}`]
  const inner = (whole ?? {}) as Record<string, unknown>
  if (Array.isArray(shown) && (!Array.isArray(whole) || whole.length !== shown.length))
    return [`${at}: not ${shown.length} elements: ${JSON.stringify(whole)}`]
  return Object.entries(shown).flatMap(([name, value]) => differences(value, inner[name], `${at}/${name}`))
}

async function environment() {
  const people = { ADMIN: 'admin', RECEPTION: 'reception', DOCTOR: 'doctor', COLLEAGUE: 'doctor', LAB: 'lab' }
  const env: Record<string, string> = { URL: `http://${process.env.HOST}:${process.env.PORT}` }
  for (const [name, role] of Object.entries(people)) {
    const user = await someone(role)
    env[name] = await tokenOf(user)
    env[`${name}_ID`] = user.uuid
  }
  return env
}

test.group('The walk-through', () => {
  test('does what it says, command by command', async ({ assert }) => {
    const steps = await stepsOf(DOCUMENT)
    assert.isAbove(steps.length, 12)
    const printed = await run(steps, await environment())
    steps.forEach(({ commands, answer }, n) => {
      assert.deepEqual(differences(answer, JSON.parse(printed[n]!)), [], `${commands}\n${printed[n]}`)
    })
  }).skip(!hasCurl(), 'this machine has no curl')

  test('control: an answer that is not what is shown is told', ({ assert }) => {
    const shown = { data: { id: '…', roles: ['doctor'], version: 2 } }
    assert.deepEqual(differences(shown, { data: { id: 'x', roles: ['doctor'], version: 2, more: 1 } }), [])
    assert.lengthOf(differences(shown, { data: { id: 'x', roles: ['doctor', 'nurse'], version: 3 } }), 2)
    assert.lengthOf(differences(shown, { data: {} }), 3)
  })
})
