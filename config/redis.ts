import { defineConfig } from '@adonisjs/redis'
import type { InferConnections } from '@adonisjs/redis/types'
import { redisSettings } from '#start/env'

/*
 * A Redis that does not answer is done without: nothing is queued for it, and nobody waits long. A time limit much below
 * two seconds would be reached by our own process when it is busy with passwords.
 */
const impatient = {
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  commandTimeout: 2000,
  connectTimeout: 2000,
  retryStrategy: (times: number) => Math.min(times * 100, 1000),
}

const config = defineConfig({ connection: 'main', connections: { main: { ...redisSettings(), ...impatient } } })

export default config

declare module '@adonisjs/redis/types' {
  export interface RedisConnections extends InferConnections<typeof config> {}
}
