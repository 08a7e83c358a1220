import { defineConfig, stores } from '@adonisjs/limiter'
import type { InferLimiters } from '@adonisjs/limiter/types'
import { redisSettings } from '#start/env'

const config = defineConfig({
  // Redis where there is one, so that several processes count together; else this process counts alone.
  default: redisSettings() ? 'redis' : 'memory',
  stores: { redis: stores.redis({ connectionName: 'main' }), memory: stores.memory({}) },
})

export default config

declare module '@adonisjs/limiter/types' {
  export interface LimitersList extends InferLimiters<typeof config> {}
}
