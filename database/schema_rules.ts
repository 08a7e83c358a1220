import type { SchemaRules } from '@adonisjs/lucid/types/schema_generator'
import { ENCRYPTED_COLUMNS } from '#app/keys/encrypted_columns'

const instant = {
  tsType: 'Date',
  imports: [{ source: '#app/core/columns', namedImports: ['instant'] }],
  decorators: [{ name: '@instant' }],
}
const encrypted = {
  tsType: 'string',
  imports: [{ source: '#app/keys/encrypted', namedImports: ['encrypted'] }],
  decorators: [{ name: '@encrypted' }],
}

// Lucid would look for the column sha_256.
const sha256 = { tsType: 'Buffer', imports: [], decorators: [{ name: '@column', args: { columnName: 'sha256' } }] }

/** How `node ace schema:generate` writes database/schema.ts: our own column kinds instead of Lucid's. */
export default {
  types: {
    DateTime: instant,
    date: { tsType: 'string', imports: [], decorators: [{ name: '@column' }] },
    bigint: { tsType: 'number', imports: [], decorators: [{ name: '@column' }] },
  },
  columns: { created_at: instant, updated_at: instant },
  tables: {
    ...Object.fromEntries(
      Object.entries(ENCRYPTED_COLUMNS).map(([table, columns]) => [
        table,
        { columns: Object.fromEntries(Object.keys(columns).map((column) => [column, encrypted])) },
      ])
    ),
    attachments: { columns: { sha256 } },
  },
} satisfies SchemaRules
