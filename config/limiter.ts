import { defineConfig, stores } from '@adonisjs/limiter'
import { redisSettings } from '#start/env'

export default defineConfig({
  default: redisSettings() ? 'redis' : 'memory',
  stores: { redis: stores.redis({ connectionName: 'main' }), memory: stores.memory({}) },
})
