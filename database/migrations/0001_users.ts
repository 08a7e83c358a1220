import { BaseSchema } from '@adonisjs/lucid/schema'
import { bytes, exact, identity, instant, reference, timestamps, uuid } from '#database/table_parts'

export default class extends BaseSchema {
  async up() {
    const { dialect } = this.db
    this.schema.createTable('users', (table) => {
      identity(table, dialect)
      table.string('name', 160).notNullable()
      exact(table, 'email', 190, dialect).nullable().unique()
      table.string('password', 255).nullable()
      instant(table, 'email_verified_at').nullable()
      table.string('language', 2).notNullable().defaultTo('fr')
      instant(table, 'disabled_at').nullable()
      timestamps(table)
      table.index(['name', 'uuid'])
      table.index(['created_at', 'uuid'])
    })
    for (const name of ['roles', 'permissions']) {
      this.schema.createTable(name, (table) => {
        identity(table, dialect)
        exact(table, 'name', 64, dialect).notNullable().unique()
        timestamps(table)
      })
    }
    this.join('role_permissions', ['role_id', 'roles'], ['permission_id', 'permissions'])
    this.join('user_roles', ['user_id', 'users'], ['role_id', 'roles'])
    this.join('user_permissions', ['user_id', 'users'], ['permission_id', 'permissions'])
    this.schema.createTable('access_tokens', (table) => {
      identity(table, dialect)
      reference(table, 'tokenable_id', 'users', 'CASCADE').notNullable()
      exact(table, 'type', 32, dialect).notNullable()
      table.string('name', 160).nullable()
      exact(table, 'hash', 64, dialect).notNullable()
      table.text('abilities').notNullable()
      instant(table, 'last_used_at').nullable()
      instant(table, 'expires_at').nullable()
      instant(table, 'revoked_at').nullable()
      timestamps(table)
    })
    this.schema.createTable('sessions', (table) => {
      exact(table, 'id', 64, dialect).notNullable().primary()
      uuid(table, 'uuid', dialect).notNullable().unique()
      reference(table, 'user_id', 'users', 'CASCADE').nullable()
      table.text('data').notNullable()
      table.string('ip_address', 45).nullable()
      table.string('user_agent', 255).nullable()
      instant(table, 'last_seen_at').nullable()
      instant(table, 'expires_at').notNullable().index()
      timestamps(table)
    })
    this.schema.createTable('settings', (table) => {
      exact(table, 'name', 64, dialect).notNullable().primary()
      table.text('value').notNullable()
      timestamps(table)
    })
    this.schema.createTable('master_keys', (table) => {
      table.bigIncrements('id')
      exact(table, 'kek_uri', 255, dialect).notNullable()
      table.binary('wrapped').notNullable()
      exact(table, 'state', 16, dialect).notNullable()
      timestamps(table)
    })
    this.schema.createTable('root_keys', (table) => {
      table.bigIncrements('id')
      exact(table, 'purpose', 32, dialect).notNullable()
      table.integer('version').unsigned().notNullable()
      exact(table, 'kek_uri', 255, dialect).notNullable()
      table.binary('wrapped').notNullable()
      exact(table, 'state', 16, dialect).notNullable()
      timestamps(table)
      table.unique(['purpose', 'version'])
    })
    this.schema.createTable('data_keys', (table) => {
      bytes(table, 'id', 8, dialect).notNullable().primary()
      exact(table, 'subject_type', 16, dialect).notNullable()
      uuid(table, 'subject_uuid', dialect).notNullable()
      table.integer('generation').unsigned().notNullable().defaultTo(1)
      reference(table, 'master_key_id', 'master_keys', 'RESTRICT').notNullable()
      table.binary('wrapped').notNullable()
      exact(table, 'state', 16, dialect).notNullable()
      timestamps(table)
      table.unique(['subject_uuid', 'subject_type', 'generation'])
    })
  }

  async down() {
    for (const table of [
      'data_keys',
      'root_keys',
      'master_keys',
      'settings',
      'sessions',
      'access_tokens',
      'user_permissions',
      'user_roles',
      'role_permissions',
      'permissions',
      'roles',
      'users',
    ])
      this.schema.dropTable(table)
  }

  private join(name: string, left: [string, string], right: [string, string]) {
    this.schema.createTable(name, (table) => {
      for (const [column, to] of [left, right]) reference(table, column, to, 'CASCADE').notNullable()
      table.primary([left[0], right[0]])
    })
  }
}
