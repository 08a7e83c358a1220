import { BaseSchema } from '@adonisjs/lucid/schema'
import { bytes, exact, identity, instant, reference, timestamps, uuid } from '#database/table_parts'

export default class extends BaseSchema {
  async up() {
    this.syncTables()
    this.importTables()
  }

  async down() {
    for (const table of [
      'import_notes',
      'import_links',
      'import_runs',
      'record_versions',
      'sync_state',
      'sync_devices',
      'sync_mutations',
      'sync_changes',
      'sync_heads',
    ])
      this.schema.dropTable(table)
  }

  private syncTables() {
    const { dialect } = this.db
    this.schema.createTable('sync_heads', (table) => {
      table.integer('id').unsigned().notNullable().primary()
      table.bigInteger('seq').unsigned().notNullable()
    })
    this.schema.raw('insert into sync_heads (id, seq) values (1, 0)')
    this.schema.createTable('sync_changes', (table) => {
      table.bigIncrements('id')
      table.bigInteger('seq').unsigned().nullable().unique()
      uuid(table, 'scope', dialect).notNullable()
      exact(table, 'entity', 32, dialect).notNullable()
      uuid(table, 'entity_uuid', dialect).notNullable()
      table.integer('version').unsigned().notNullable()
      exact(table, 'op', 8, dialect).notNullable()
      instant(table, 'at').notNullable()
      table.index(['scope', 'seq'])
    })
    this.schema.createTable('sync_mutations', (table) => {
      reference(table, 'user_id', 'users', 'CASCADE').notNullable()
      exact(table, 'mutation_id', 128, dialect).notNullable()
      bytes(table, 'body_hash', 32, dialect).notNullable()
      table.text('result').nullable()
      instant(table, 'at').notNullable().index()
      table.primary(['user_id', 'mutation_id'])
    })
    this.schema.createTable('sync_devices', (table) => {
      identity(table, dialect)
      reference(table, 'user_id', 'users', 'CASCADE').notNullable()
      instant(table, 'revoked_at').nullable()
      table.bigInteger('last_cursor').unsigned().nullable()
      instant(table, 'last_seen').nullable()
      timestamps(table)
    })
    this.schema.createTable('sync_state', (table) => {
      uuid(table, 'epoch', dialect).notNullable().primary()
      instant(table, 'restored_to').nullable()
    })
    this.schema.createTable('record_versions', (table) => {
      table.bigIncrements('id')
      exact(table, 'entity', 32, dialect).notNullable()
      uuid(table, 'entity_uuid', dialect).notNullable()
      uuid(table, 'patient_uuid', dialect).nullable()
      table.integer('version').unsigned().notNullable()
      uuid(table, 'uuid', dialect).notNullable().unique()
      table.specificType('body', dialect.name === 'mysql' ? 'mediumblob' : 'blob').notNullable()
      reference(table, 'user_id', 'users', 'RESTRICT').nullable()
      exact(table, 'via', 8, dialect).notNullable()
      instant(table, 'at').notNullable()
      table.unique(['entity_uuid', 'entity', 'version'])
    })
  }

  private importTables() {
    const { dialect } = this.db
    this.schema.createTable('import_runs', (table) => {
      identity(table, dialect)
      exact(table, 'mapping', 128, dialect).notNullable()
      exact(table, 'source', 64, dialect).notNullable()
      exact(table, 'state', 16, dialect).notNullable()
      table.boolean('dry_run').notNullable().defaultTo(false)
      reference(table, 'user_id', 'users', 'RESTRICT').nullable()
      table.text('report').nullable()
      instant(table, 'started_at').notNullable()
      instant(table, 'finished_at').nullable()
      timestamps(table)
      table.index(['started_at', 'uuid'])
    })
    // Where a record came from. The source's own ids may be national ids, so that they are kept as HMAC tokens.
    this.schema.createTable('import_links', (table) => {
      bytes(table, 'token', 16, dialect).notNullable().primary()
      exact(table, 'entity', 16, dialect).notNullable()
      table.bigInteger('record_id').unsigned().notNullable()
      uuid(table, 'record_uuid', dialect).notNullable().index()
      table.integer('record_version').unsigned().notNullable()
      bytes(table, 'digest', 16, dialect).notNullable()
      reference(table, 'run_id', 'import_runs', 'RESTRICT').notNullable()
      // The last run that met the row: a second row with the same key in one run is a duplicate, in the next run it is not.
      table.bigInteger('seen_run_id').unsigned().notNullable()
      exact(table, 'file', 128, dialect).notNullable()
      table.integer('line').unsigned().notNullable()
    })
    this.schema.createTable('import_notes', (table) => {
      table.bigIncrements('id')
      reference(table, 'run_id', 'import_runs', 'CASCADE').notNullable()
      exact(table, 'file', 128, dialect).notNullable()
      table.integer('line').unsigned().notNullable()
      exact(table, 'outcome', 16, dialect).notNullable()
      exact(table, 'code', 64, dialect).notNullable()
      // Names and limits for the sentence, as JSON; never a value of the row.
      table.text('params').nullable()
      table.string('column', 128).nullable()
      exact(table, 'entity', 16, dialect).nullable()
      uuid(table, 'record_uuid', dialect).nullable()
      table.index(['run_id', 'id'])
    })
  }
}
