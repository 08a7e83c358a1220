import { defineConfig } from '@adonisjs/core/http'
import env from '#start/env'

export const http = defineConfig({
  generateRequestId: true,
  allowMethodSpoofing: false,
  useAsyncLocalStorage: false,
  // A proxy's X-Forwarded-For is believed only where the operator says so.
  trustProxy: env.get('TRUST_PROXY') ? (address) => env.get('TRUST_PROXY')!.split(',').includes(address) : () => false,
  // A comma is a part of a text: whoever looks for `Sow, Awa` asks for one name and not for a list.
  qs: { parse: { depth: 3, parameterLimit: 100, allowSparse: false, arrayLimit: 50, comma: false }, stringify: {} },
})
