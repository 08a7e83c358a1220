import { BaseSchema } from '@adonisjs/lucid/schema'
import { exact, identity, instant, reference, timestamps } from '#database/table_parts'

export default class extends BaseSchema {
  async up() {
    this.schema.alterTable('sync_heads', (table) => {
      // The last change that was forgotten: a cursor before it has missed something.
      table.bigInteger('forgotten_seq').unsigned().notNullable().defaultTo(0)
    })
    this.schema.alterTable('sync_changes', (table) => {
      table.index(['at'])
    })
    // Nothing wrote to it before there was an app.
    this.schema.dropTable('sync_devices')
    this.devices()
  }

  async down() {
    this.schema.dropTable('sync_devices')
    this.formerDevices()
    this.schema.alterTable('sync_changes', (table) => {
      table.dropIndex(['at'])
    })
    // For SQLite the schema builder would drop and rebuild the table.
    this.schema.raw('alter table sync_heads drop column forgotten_seq')
  }

  private devices() {
    const { dialect } = this.db
    this.schema.createTable('sync_devices', (table) => {
      identity(table, dialect)
      reference(table, 'user_id', 'users', 'CASCADE').notNullable()
      table.string('name', 160).notNullable()
      table.string('user_agent', 255).nullable()
      exact(table, 'credential_hash', 64, dialect).notNullable().unique()
      instant(table, 'credential_expires_at').notNullable()
      table.integer('sign_in_epoch').unsigned().notNullable()
      instant(table, 'revoked_at').nullable()
      reference(table, 'revoked_by', 'users', 'RESTRICT').nullable()
      table.bigInteger('last_cursor').unsigned().nullable()
      instant(table, 'last_seen').nullable()
      timestamps(table)
      table.index(['user_id', 'created_at', 'uuid'])
    })
  }

  private formerDevices() {
    const { dialect } = this.db
    this.schema.createTable('sync_devices', (table) => {
      identity(table, dialect)
      reference(table, 'user_id', 'users', 'CASCADE').notNullable()
      instant(table, 'revoked_at').nullable()
      table.bigInteger('last_cursor').unsigned().nullable()
      instant(table, 'last_seen').nullable()
      timestamps(table)
    })
  }
}
