import app from '@adonisjs/core/services/app'
import type { RedisConnection } from '@adonisjs/redis'
import { redisSettings } from '#start/env'

type Redis = RedisConnection['ioConnection']

/* A request waits for a Redis that starts anew, and not for one that is gone: a transaction may stand open meanwhile. */
const PATIENCE = { connectTimeout: 1000, commandTimeout: 1000, maxRetriesPerRequest: 1 }

let connection: Promise<RedisConnection> | undefined

/**
 * The sessions' own connection, which the server and a command open alike: a command loads no provider for it. It comes
 * back by itself.
 */
export async function sessionRedis(): Promise<Redis> {
  connection ??= connect()
  const { ioConnection } = await connection
  return ioConnection
}

async function connect(): Promise<RedisConnection> {
  const { RedisConnection: Connection } = await import('@adonisjs/redis')
  const settings = { ...redisSettings(), ...PATIENCE, retryStrategy: (times: number) => Math.min(times * 50, 250) }
  const made = new Connection('sessions', settings)
  // Each command tells its own error; without a listener the library would print this one.
  made.ioConnection.on('error', () => {})
  // The server closes it after its last write.
  if (app.getEnvironment() !== 'web') app.terminating(closeSessionRedis)
  return made
}

export async function closeSessionRedis() {
  const open = connection
  connection = undefined
  const ended = await open
  ended?.ioConnection.disconnect()
}
