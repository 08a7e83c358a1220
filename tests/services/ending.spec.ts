import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'

type Signal = 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'SIGKILL'

const IDLE = `console.log(process.env.REDIS_URL); setInterval(() => {}, 1000)`
const CRASH = `import { startServices } from './tools/services.mjs'
  const { redis } = await startServices(['redis'])
  console.log(redis.url)
  process.on('SIGTERM', () => Promise.reject(new Error('a fault')))
  setInterval(() => {}, 1000)`

const isServed = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true))
    socket.on('error', () => resolve(false)).on('connect', () => socket.destroy())
  })

test.group('Servers of whoever is ended', (group) => {
  let folder: string
  group.each.setup(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ending-'))
    return () => rm(folder, { recursive: true, force: true })
  })
  group.each.timeout(60_000)

  /** Runs it until its server serves, signals it alone, and answers its code once server and folder are gone. */
  async function endedBy(signal: Signal, argv: string[]) {
    const env = { ...process.env, TMPDIR: folder }
    const tool = spawn(process.execPath, argv, { env, stdio: ['ignore', 'pipe', 'ignore'] })
    const ended = once(tool, 'exit')
    const [said] = (await once(tool.stdout, 'data')) as [Buffer]
    const port = Number(/:(\d+)/.exec(said.toString())![1])
    if (!(await isServed(port))) throw new Error('Nothing was served')
    tool.kill(signal)
    const [code] = await ended
    // Where the tool had no time the guard is a moment behind it; what stays for good ends the test's own time.
    while ((await isServed(port)) || (await readdir(folder)).length) await new Promise((next) => setTimeout(next, 25))
    return code
  }

  test('end with it, by whatever signal: {$self}')
    .with<Signal[]>(['SIGTERM', 'SIGINT', 'SIGHUP'])
    .run(async ({ assert }, signal) => {
      const code = await endedBy(signal, ['tools/services.mjs', 'run', 'redis', '--', process.execPath, '-e', IDLE])
      assert.notEqual(code, 0)
    })

  test('end even where it was killed and could do nothing', async ({ assert }) => {
    assert.isNull(await endedBy('SIGKILL', ['--input-type=module', '-e', CRASH]))
  })

  test('end where it fails on a fault of its own', async ({ assert }) => {
    assert.equal(await endedBy('SIGTERM', ['--input-type=module', '-e', CRASH]), 1)
  })
})
