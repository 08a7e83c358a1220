import { defineConfig } from '@adonisjs/core/bodyparser'

export default defineConfig({
  allowedMethods: ['POST', 'PUT', 'PATCH', 'DELETE'],
  form: { convertEmptyStringsToNull: false, trimWhitespaces: false, types: [] },
  json: { convertEmptyStringsToNull: false, trimWhitespaces: false, limit: '1mb', types: ['application/json'] },
  multipart: { autoProcess: false, types: [] },
})
