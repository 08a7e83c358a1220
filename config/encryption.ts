import { defineConfig, drivers } from '@adonisjs/core/encryption'
import env from '#start/env'

// For cookies and URLs only. Medical fields have their own keys in app/keys.
export default defineConfig({
  default: 'app',
  list: { app: drivers.aes256gcm({ id: 'app', keys: [env.get('APP_KEY').release()] }) },
})
