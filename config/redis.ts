import { defineConfig } from '@adonisjs/redis'
import type { InferConnections } from '@adonisjs/redis/types'
import { redisSettings } from '#start/env'

const config = defineConfig({ connection: 'main', connections: { main: { ...redisSettings(), lazyConnect: true } } })

export default config

declare module '@adonisjs/redis/types' {
  export interface RedisConnections extends InferConnections<typeof config> {}
}
