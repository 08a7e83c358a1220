import { defineConfig } from '@adonisjs/core/bodyparser'

const bodyparserConfig = defineConfig({
  allowedMethods: ['POST', 'PUT', 'PATCH', 'DELETE'],
  form: { convertEmptyStringsToNull: false, trimWhitespaces: false, types: [] },
  json: { convertEmptyStringsToNull: false, trimWhitespaces: false, limit: '1mb', types: ['application/json'] },
  multipart: { autoProcess: false, types: [] },
})

export default bodyparserConfig

/** Routes that take more than a mebibyte, by their pattern: a device brings the work of days without a network. */
export const LARGER_BODIES = new Map([['/api/v1/sync', '2mb']])
