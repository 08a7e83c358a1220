import { defineConfig, drivers } from '@adonisjs/core/hash'

export default defineConfig({
  default: 'argon',
  // OWASP's Password Storage Cheat Sheet: argon2id with 19 MiB, two passes, one lane.
  list: {
    argon: drivers.argon2({
      version: 0x13,
      variant: 'id',
      iterations: 2,
      memory: 19_456,
      parallelism: 1,
      saltSize: 16,
      hashLength: 32,
    }),
  },
})
