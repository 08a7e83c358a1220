import { defineConfig } from '@adonisjs/redis'
import { redisSettings } from '#start/env'

export default defineConfig({ connection: 'main', connections: { main: { ...redisSettings(), lazyConnect: true } } })
