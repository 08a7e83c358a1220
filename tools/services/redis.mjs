import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { findProgram } from './programs.mjs'
import { findFreePort, startServer, waitUntilReady } from './server_process.mjs'

/** A private Redis in `folder`: loopback only, never evicts a key, keeps an append-only file. */
export async function startRedis({ folder, onStart }) {
  const home = join(folder, 'redis')
  mkdirSync(home)
  const port = await findFreePort()
  const args = ['--port', port, '--bind', '127.0.0.1', '--dir', home, '--save', '', '--appendonly', 'yes']
  args.push('--maxmemory-policy', 'noeviction')
  const log = join(folder, 'redis.log')
  const server = startServer({ name: 'Redis', program: findProgram('redis-server'), args: args.map(String), log })
  onStart(server)
  const isReady = (answer) => answer.toString().startsWith('+PONG')
  await waitUntilReady(server, port, { hello: 'PING\r\n', isReady })
  return { url: `redis://127.0.0.1:${port}` }
}
