import { createRequire } from 'node:module'
import { execFile, execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import hash from '@adonisjs/core/services/hash'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { someone, tokenOf } from '#tests/acting'

const DOCUMENT = 'docs/api/walkthrough.md'
const SIGNING_IN = 'docs/api/signing-in.md'
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

/* An authenticator app. Its second code is that of the next half minute, for which the reader would have to wait. */
const CODE = `#!${process.execPath}
const { appendFileSync, existsSync, readFileSync } = require('node:fs')
const { TOTP } = require('${createRequire(import.meta.url).resolve('otpauth')}')
const asked = existsSync('codes') ? readFileSync('codes').length : 0
appendFileSync('codes', '.')
console.log(new TOTP({ secret: process.argv[2] }).generate({ timestamp: Date.now() + asked * 30000 }))
`

/** Runs the blocks one after the other in one shell, as a reader would, and gives what each printed. */
async function run(steps: Step[], env: Record<string, string>): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'walkthrough-'))
  await writeFile(join(folder, 'code'), CODE, { mode: 0o700 })
  const outputs = steps.map((_, n) => join(folder, `${n}`))
  const script = steps.map(({ commands }, n) => `{\n${commands}\n} > '${outputs[n]}'`).join('\n')
  const path = `${folder}:${process.env.PATH}`
  await promisify(execFile)('bash', ['-eu', '-c', script], { cwd: folder, env: { ...process.env, ...env, PATH: path } })
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

async function someoneInvited() {
  const [user, password] = [await someone('doctor'), 'trois girafes sous la pluie']
  await db
    .from('users')
    .where('id', user.id)
    .update({ password: await hash.make(password) })
  return { EMAIL: user.email!, PASSWORD: password, URL: `http://${process.env.HOST}:${process.env.PORT}` }
}

async function differencesOf(document: string, env: Record<string, string>): Promise<string[]> {
  const steps = await stepsOf(document)
  const printed = await run(steps, env)
  return steps.flatMap(({ commands, answer }, n) => {
    const found = differences(answer, JSON.parse(printed[n]!))
    return found.length ? [`${commands}\n${printed[n]}\n${found.join('\n')}`] : []
  })
}

test.group('The walk-through', () => {
  test('does what it says, command by command', async ({ assert }) => {
    assert.isAbove((await stepsOf(DOCUMENT)).length, 12)
    assert.deepEqual(await differencesOf(DOCUMENT, await environment()), [])
  }).skip(!hasCurl(), 'this machine has no curl')

  test('signs in as it says', async ({ assert }) => {
    assert.isAbove((await stepsOf(SIGNING_IN)).length, 10)
    assert.deepEqual(await differencesOf(SIGNING_IN, await someoneInvited()), [])
  }).skip(!hasCurl(), 'this machine has no curl')

  test('control: an answer that is not what is shown is told', ({ assert }) => {
    const shown = { data: { id: '…', roles: ['doctor'], version: 2 } }
    assert.deepEqual(differences(shown, { data: { id: 'x', roles: ['doctor'], version: 2, more: 1 } }), [])
    assert.lengthOf(differences(shown, { data: { id: 'x', roles: ['doctor', 'nurse'], version: 3 } }), 2)
    assert.lengthOf(differences(shown, { data: {} }), 3)
  })
})
