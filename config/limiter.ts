import { defineConfig, stores } from '@adonisjs/limiter'
import { redisSettings } from '#start/env'

export default defineConfig({
  default: 'shared',
  stores: { shared: redisSettings() ? stores.redis({ connectionName: 'main' }) : stores.memory({}) },
})
