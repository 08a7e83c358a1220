import { BaseSchema } from '@adonisjs/lucid/schema'
import { exact, identity, instant, reference, sealed, timestamps, uuid } from '#database/table_parts'

export default class extends BaseSchema {
  async up() {
    // A session remembers the epoch in which it began: one more, and all of a person's sessions are over.
    this.schema.alterTable('users', (table) => {
      table.integer('sign_in_epoch').unsigned().notNullable().defaultTo(0)
    })
    this.schema.dropTable('sessions')
    this.sessions()
    this.factors()
    this.letters()
    this.limits()
  }

  async down() {
    for (const table of [
      'rate_limits',
      'chart_codes',
      'mails',
      'account_links',
      'challenges',
      'passkeys',
      'recovery_codes',
      'totp_secrets',
      'sessions',
    ])
      this.schema.dropTable(table)
    // For SQLite the schema builder would drop and rebuild the table, which rows that refer to users forbid.
    this.schema.raw('alter table users drop column sign_in_epoch')
    this.formerSessions()
  }

  private sessions() {
    const { dialect } = this.db
    this.schema.createTable('sessions', (table) => {
      identity(table, dialect)
      exact(table, 'hash', 64, dialect).notNullable().unique()
      reference(table, 'user_id', 'users', 'CASCADE').notNullable()
      table.integer('sign_in_epoch').unsigned().notNullable()
      instant(table, 'factor_at').nullable()
      instant(table, 'confirmed_at').nullable()
      table.string('ip_address', 45).nullable()
      table.string('user_agent', 255).nullable()
      instant(table, 'last_seen_at').notNullable()
      instant(table, 'expires_at').notNullable().index()
      timestamps(table)
      table.index(['user_id', 'created_at', 'uuid'])
    })
  }

  private factors() {
    const { dialect } = this.db
    this.schema.createTable('totp_secrets', (table) => {
      identity(table, dialect)
      reference(table, 'user_id', 'users', 'CASCADE').notNullable().unique()
      sealed(table, 'secret')
      instant(table, 'confirmed_at').nullable()
      table.bigInteger('last_step').unsigned().nullable()
      timestamps(table)
    })
    this.schema.createTable('recovery_codes', (table) => {
      table.bigIncrements('id')
      reference(table, 'user_id', 'users', 'CASCADE').notNullable()
      exact(table, 'hash', 64, dialect).notNullable()
      instant(table, 'used_at').nullable()
      timestamps(table)
      table.unique(['user_id', 'hash'])
    })
    this.schema.createTable('passkeys', (table) => {
      identity(table, dialect)
      reference(table, 'user_id', 'users', 'CASCADE').notNullable()
      exact(table, 'credential_hash', 64, dialect).notNullable().unique()
      table.text('credential_id').notNullable()
      table.binary('public_key').notNullable()
      table.bigInteger('counter').unsigned().notNullable()
      table.string('transports', 190).nullable()
      table.string('name', 160).notNullable()
      instant(table, 'last_used_at').nullable()
      timestamps(table)
    })
    // What a passkey has to sign: good for one answer, which deletes it.
    this.schema.createTable('challenges', (table) => {
      identity(table, dialect)
      exact(table, 'purpose', 32, dialect).notNullable()
      reference(table, 'user_id', 'users', 'CASCADE').nullable()
      exact(table, 'value', 190, dialect).notNullable()
      instant(table, 'expires_at').notNullable().index()
      timestamps(table)
    })
  }

  private letters() {
    const { dialect } = this.db
    this.schema.createTable('account_links', (table) => {
      identity(table, dialect)
      exact(table, 'purpose', 32, dialect).notNullable()
      exact(table, 'hash', 64, dialect).notNullable().unique()
      reference(table, 'user_id', 'users', 'CASCADE').nullable()
      exact(table, 'email', 190, dialect).notNullable().index()
      table.string('language', 2).notNullable().defaultTo('fr')
      instant(table, 'expires_at').notNullable().index()
      instant(table, 'used_at').nullable()
      timestamps(table)
    })
    this.schema.createTable('mails', (table) => {
      identity(table, dialect)
      exact(table, 'kind', 32, dialect).notNullable()
      reference(table, 'user_id', 'users', 'CASCADE').nullable()
      // Emptied once the mail is sent: an address that belongs to nobody here is kept no longer than needed.
      exact(table, 'recipient', 190, dialect).nullable()
      table.string('language', 2).notNullable().defaultTo('fr')
      exact(table, 'state', 16, dialect).notNullable()
      table.integer('attempts').unsigned().notNullable().defaultTo(0)
      instant(table, 'due_at').notNullable()
      instant(table, 'sent_at').nullable()
      exact(table, 'error', 64, dialect).nullable()
      timestamps(table)
      table.index(['state', 'due_at'])
    })
    // Given at the desk to a patient who wants to see their own chart.
    this.schema.createTable('chart_codes', (table) => {
      identity(table, dialect)
      reference(table, 'patient_id', 'patients', 'CASCADE').notNullable()
      reference(table, 'issued_by', 'users', 'RESTRICT').nullable()
      exact(table, 'hash', 64, dialect).notNullable()
      table.integer('attempts').unsigned().notNullable().defaultTo(0)
      instant(table, 'expires_at').notNullable().index()
      instant(table, 'used_at').nullable()
      timestamps(table)
    })
  }

  /** Until when each counter of tries is less than full: `expire`, in milliseconds since 1970 (app/throttles/bucket.ts). */
  private limits() {
    this.schema.createTable('rate_limits', (table) => {
      table.string('key', 255).notNullable().primary()
      table.integer('points', 9).notNullable().defaultTo(0)
      table.bigInteger('expire').unsigned().nullable()
    })
  }

  private formerSessions() {
    const { dialect } = this.db
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
  }
}
