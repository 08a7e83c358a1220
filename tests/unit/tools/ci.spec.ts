import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { parse } from 'yaml'

interface Job {
  'container'?: { image: string; options?: string }
  'services'?: Record<string, { image: string; ports: string[] }>
  'env'?: Record<string, string | number>
  'steps': { run?: string }[]
  'timeout-minutes': number
}

const jobs = parse(readFileSync('.github/workflows/ci.yml', 'utf8')).jobs as Record<string, Job>
const commandsOf = (job: Job) => job.steps.map(({ run }) => run).filter(Boolean)

test.group('The workflow on GitHub', () => {
  test('runs .ci/run, which is there and can be started', ({ assert }) => {
    assert.deepEqual(commandsOf(jobs.all!), ['.ci/run'])
    assert.equal(spawnSync('test', ['-x', '.ci/run']).status, 0)
    assert.isAtLeast(jobs.all!['timeout-minutes'], 45)
  })

  test('runs the functional suite on MySQL 8.4', ({ assert }) => {
    const { services, env, steps } = jobs.mysql!
    assert.equal(services!.mysql!.image, 'mysql:8.4')
    assert.include(services!.mysql!.ports, `${env!.DB_PORT}:3306`)
    assert.equal(env!.DB_CONNECTION, 'mysql')
    assert.include(commandsOf({ steps } as Job), 'npm test -- functional')
  })
})

/** Stands for the tools: each part prints its closing line and ends with a code. */
function runCi(parts: Record<string, [output: string, code: number]>) {
  const root = mkdtempSync(join(tmpdir(), 'medinfo-ci-'))
  try {
    mkdirSync(join(root, 'tools'))
    mkdirSync(join(root, 'tests/proofs'), { recursive: true })
    writeFileSync(join(root, 'tests/proofs/crash.ts'), '')
    cpSync('.ci', join(root, '.ci'), { recursive: true })
    for (const tool of ['install', 'check', 'test', 'test_services', 'proof']) {
      const [output, code] = parts[tool] ?? ['1 passed, 0 failed, 0 skipped', 0]
      const script = `console.log(${JSON.stringify(output)})\nprocess.exitCode = ${code}\n`
      writeFileSync(join(root, 'tools', `${tool}.mjs`), script)
    }
    const { status, stdout } = spawnSync(join(root, '.ci/run'), { encoding: 'utf8' })
    return { status, last: stdout.trimEnd().split('\n').at(-1), stdout }
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

test.group('.ci/run', () => {
  test('goes on after a failure and sums up every part', ({ assert }) => {
    const { status, last, stdout } = runCi({
      check: ['5 passed, 1 failed, 1 skipped', 1],
      test: ['300 passed, 0 failed, 2 skipped', 0],
      proof: ['0 passed, 1 failed, 0 skipped', 1],
    })
    assert.equal(last, '306 passed, 2 failed, 3 skipped')
    assert.notEqual(status, 0)
    assert.match(stdout, /^proof crash +exit 1 /m)
  })

  test('a part that ends without counts is a failure', ({ assert }) => {
    const { status, last } = runCi({ test_services: ['Missing on this machine: mariadbd', 1] })
    assert.equal(last, '3 passed, 1 failed, 0 skipped')
    assert.notEqual(status, 0)
  })

  test('a part that counts no failure and yet ends with an error is a failure', ({ assert }) => {
    assert.equal(runCi({ test: ['9 passed, 0 failed, 0 skipped', 1] }).last, '12 passed, 1 failed, 0 skipped')
  })

  test('without the dependencies nothing can run', ({ assert }) => {
    const { status, last } = runCi({ install: ['no network', 1] })
    assert.equal(last, '0 passed, 1 failed, 0 skipped')
    assert.equal(status, 1)
  })

  test('passes when every part does', ({ assert }) => {
    const { status, last } = runCi({})
    assert.equal(last, '4 passed, 0 failed, 0 skipped')
    assert.equal(status, 0)
  })
})
