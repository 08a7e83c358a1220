import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from '@japa/runner'
import { runChild } from '../../../tools/run_child.mjs'

const node = process.execPath
const evaluate = (source: string) => ['--eval', source]

/** What a tool prints that runs `program` and gets a SIGTERM, alone, as soon as that is ready. */
async function signalTool(program: string, options: { killAfterMs?: number } = {}) {
  const tool = `import { runChild } from './tools/run_child.mjs'
    const args = ['--eval', ${JSON.stringify(program)}]
    const { code, stopped } = await runChild(process.execPath, args, ${JSON.stringify(options)})
    console.log(JSON.stringify({ code, stopped }))`
  const child = spawn(node, ['--input-type=module', ...evaluate(tool)], { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
    if (output === 'ready\n') child.kill('SIGTERM')
  })
  await once(child, 'close')
  return output
}

test.group('A program that a tool runs', () => {
  test('one that cannot be started is an error with a code, not an exception', async ({ assert }) => {
    const { code, output } = await runChild('/nowhere/program', [], { quiet: true })
    assert.equal(code, 127)
    assert.include(output, 'ENOENT')
  })

  test('its code is ours, and its output is kept when asked', async ({ assert }) => {
    const { code, output } = await runChild(node, evaluate('console.log(1); console.error(2); process.exit(7)'), {
      quiet: true,
    })
    assert.equal(code, 7)
    assert.sameMembers(output.trim().split('\n'), ['1', '2'])
  })

  test('one that is ended by a signal ends with 128 and its number', async ({ assert }) => {
    const { code } = await runChild(node, evaluate(`process.kill(process.pid, 'SIGKILL')`), { quiet: true })
    assert.equal(code, 137)
  })

  test('one that takes too long is ended', async ({ assert }) => {
    const source = 'setInterval(() => {}, 1000)'
    const { code, timedOut } = await runChild(node, evaluate(source), { quiet: true, timeoutMs: 50 })
    assert.isTrue(timedOut)
    assert.equal(code, 143)
  })

  test('one that need not end well is killed when it does not', async ({ assert }) => {
    const stubborn = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('ready')`
    const output = await signalTool(stubborn, { killAfterMs: 100 })
    assert.equal(output, 'ready\n{"code":137,"stopped":true}\n')
  })

  test('a signal that only the tool gets reaches the program, once', async ({ assert }) => {
    const program = `process.on('SIGTERM', () => { console.log('told'); setTimeout(() => process.exit(5), 50) });
      setInterval(() => {}, 1000); console.log('ready')`
    assert.equal(await signalTool(program), 'ready\ntold\n{"code":5,"stopped":true}\n')
  })
})
