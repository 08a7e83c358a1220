import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import redis from '@adonisjs/redis/services/main'
import { throughRedis } from '#app/throttles/steady_redis'
import config from '#config/redis'
import env, { redisSettings } from '#start/env'

/** Nobody listens there. */
export const DEAD_REDIS = 'redis://127.0.0.1:1'

/** A Redis of one test, which keeps nothing and can be killed, halted and started anew at the same port. */
export class OwnRedis {
  #child: ChildProcess | undefined

  private constructor(readonly port: number) {
    process.once('exit', () => this.#child?.kill('SIGKILL'))
  }

  static async start(): Promise<OwnRedis> {
    const own = new OwnRedis(await freePort())
    await own.start()
    return own
  }

  get url() {
    return `redis://127.0.0.1:${this.port}`
  }

  /** Errors: when there is no redis-server on this machine. */
  async start() {
    const args = ['--port', String(this.port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
    const child = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'ignore'] })
    await once(child, 'spawn')
    this.#child = child
    for await (const output of child.stdout!) if (String(output).includes('Ready to accept')) break
  }

  async kill() {
    const child = this.#child!
    child.kill('SIGKILL')
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  }

  halt = () => void this.#child!.kill('SIGSTOP')
  goOn = () => void this.#child!.kill('SIGCONT')
}

/** While `work` runs, the application has its Redis at this address; nowhere with null. */
export async function withRedisAt(url: string | null, work: () => Promise<void>) {
  const { REDIS_URL, REDIS_HOST } = { REDIS_URL: env.get('REDIS_URL'), REDIS_HOST: env.get('REDIS_HOST') }
  await use(url ?? '', '')
  try {
    await work()
  } finally {
    await use(REDIS_URL ?? '', REDIS_HOST ?? '')
  }
}

/** True once the application counts in its Redis, which it leaves alone for a second after a failure. */
export async function isInUse(withinMs = 15_000): Promise<boolean> {
  const ask = () =>
    throughRedis(
      async ({ ioConnection }) => (await ioConnection.ping()) === 'PONG',
      async () => false
    )
  for (let waited = 0; waited < withinMs; waited += 50) {
    if (await ask()) return true
    await sleep(50)
  }
  return false
}

async function use(url: string, host: string) {
  endConnection()
  env.set('REDIS_URL', url)
  env.set('REDIS_HOST', host)
  Object.assign(config.connections.main, { host: undefined, port: undefined }, redisSettings())
  redis.doNotLogErrors()
  if (redisSettings() && url !== DEAD_REDIS && !(await isInUse())) throw new Error('Redis is there and not in use')
}

/** The manager forgets by name whoever has ended, which would be the successor by then, left open for good. */
function endConnection() {
  const former = redis.activeConnections.main
  former?.clearListeners('end')
  former?.ioConnection.disconnect()
  delete redis.activeConnections.main
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}
