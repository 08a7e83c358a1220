import { readFileSync, writeFileSync } from 'node:fs'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { drawOverview, readSchema, type Schema, tablesNamedIn, withGenerated } from '#tests/unit/docs/database_document'

const FILE = 'docs/database.md'
const isSqlite = db.primaryConnectionName === 'sqlite'
if (!isSqlite) console.log('docs/database.md is compared on SQLite, whose types it was made from: left out here')

test.group('docs/database.md', (group) => {
  let schema: Schema
  let document: string

  group.setup(async () => {
    if (!isSqlite) return
    schema = await readSchema(db.connection())
    // WRITE_DOCS=1 makes the diagrams anew, after a migration.
    if (process.env.WRITE_DOCS) writeFileSync(FILE, withGenerated(readFileSync(FILE, 'utf8'), schema))
    document = readFileSync(FILE, 'utf8')
  })
  group.each.skip(!isSqlite)

  test('gives every table of the migrated database its purpose, once, and no other', ({ assert }) => {
    assert.sameMembers(tablesNamedIn(document), [...schema.tables.keys()])
  })

  test('draws the database as it is: columns, encryption, foreign keys and what deleting does', ({ assert }) => {
    assert.equal(document, withGenerated(document, schema), 'WRITE_DOCS=1 npm test -- unit --files docs/database')
  })

  test('marks what is encrypted', ({ assert }) => {
    assert.match(document, /ciphertext national_id "encrypted, or null"/)
    assert.match(document, /ciphertext body "encrypted"/)
  })

  test('would show a foreign key whose rule changes, and a table that is new', ({ assert }) => {
    const [first, ...rest] = schema.foreignKeys
    const changed = { ...schema, foreignKeys: [{ ...first!, onDelete: 'no action' }, ...rest] }
    assert.notEqual(withGenerated(document, changed), document)
    const grown = { ...schema, tables: new Map([...schema.tables, ['beds', []]]) }
    assert.notEqual(drawOverview(grown), drawOverview(schema))
  })
})
