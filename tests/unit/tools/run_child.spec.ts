import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from '@japa/runner'
import { runChild } from '../../../tools/run_child.mjs'

const node = process.execPath
const evaluate = (source: string) => ['--eval', source]

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

  test('a signal that only the tool gets reaches the program, once', async ({ assert }) => {
    const program = `process.on('SIGTERM', () => { console.log('told'); setTimeout(() => process.exit(5), 50) });
      setInterval(() => {}, 1000); console.log('ready')`
    const tool = `import { runChild } from './tools/run_child.mjs'
      const { code, stopped } = await runChild(process.execPath, ['--eval', ${JSON.stringify(program)}])
      console.log(JSON.stringify({ code, stopped }))`
    const child = spawn(node, ['--input-type=module', ...evaluate(tool)], { stdio: ['ignore', 'pipe', 'inherit'] })
    let output = ''
    child.stdout.on('data', (chunk) => {
      output += chunk
      if (output === 'ready\n') child.kill('SIGTERM')
    })
    await once(child, 'close')
    assert.equal(output, 'ready\ntold\n{"code":5,"stopped":true}\n')
  })
})
