import { defineConfig } from '@adonisjs/core/logger'
import env from '#start/env'

export default defineConfig({
  default: 'app',
  loggers: {
    app: {
      enabled: true,
      name: env.get('APP_NAME'),
      level: env.get('LOG_LEVEL', 'info'),
      redact: { paths: ['password', '*.password', 'token', '*.token', 'authorization', '*.authorization'] },
    },
  },
})
