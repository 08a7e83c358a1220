import { defineConfig } from '@adonisjs/core/logger'
import env from '#start/env'

export default defineConfig({
  default: 'app',
  loggers: {
    app: {
      enabled: true,
      name: env.get('APP_NAME'),
      level: env.get('LOG_LEVEL', 'info'),
      redact: {
        // mysql2 hangs the whole statement on its errors, the body parser the body.
        paths: [
          'err.sql',
          'err.body',
          'password',
          '*.password',
          'token',
          '*.token',
          'authorization',
          '*.authorization',
        ],
      },
    },
  },
})
