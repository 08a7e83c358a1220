import { BaseSchema } from '@adonisjs/lucid/schema'
import { bytes, exact, identity, instant, reference, timestamps, uuid } from '#database/table_parts'

/** What nobody may rewrite, the application included. */
const APPEND_ONLY = ['audit_leaves', 'audit_checkpoints', 'shred_ledger']

export default class extends BaseSchema {
  async up() {
    this.running()
    this.proof()
    this.shredding()
    this.schema.alterTable('patients', (table) => {
      instant(table, 'erased_at').nullable()
    })
    // All that is sealed under a patient's key is found when the key changes, or ends.
    this.schema.alterTable('record_versions', (table) => {
      table.index(['patient_uuid'])
    })
    for (const table of APPEND_ONLY) for (const verb of ['update', 'delete']) this.refuse(verb, table)
  }

  async down() {
    this.schema.alterTable('record_versions', (table) => {
      table.dropIndex(['patient_uuid'])
    })
    // For SQLite the schema builder would drop and rebuild the table.
    this.schema.raw('alter table patients drop column erased_at')
    for (const table of [
      'shred_ledger',
      'shred_approvals',
      'shred_requests',
      'audit_anchors',
      'audit_checkpoints',
      'audit_leaves',
      'jobs',
      'leases',
    ])
      this.schema.dropTable(table)
  }

  /** Work that goes on after a crash, and who of several processes does it. */
  private running() {
    const { dialect } = this.db
    this.schema.createTable('leases', (table) => {
      exact(table, 'name', 64, dialect).notNullable().primary()
      exact(table, 'holder', 36, dialect).nullable()
      // Grows with each new holder: what a former one still writes is told from what the present one does.
      table.bigInteger('fence').unsigned().notNullable().defaultTo(0)
      instant(table, 'until').nullable()
      timestamps(table)
    })
    this.schema.createTable('jobs', (table) => {
      identity(table, dialect)
      exact(table, 'kind', 48, dialect).notNullable()
      table.text('payload').notNullable()
      exact(table, 'state', 16, dialect).notNullable()
      // Where it goes on, and how far it is; written with the work itself.
      table.text('position').nullable()
      table.bigInteger('done').unsigned().notNullable().defaultTo(0)
      table.bigInteger('total').unsigned().nullable()
      table.integer('attempts').unsigned().notNullable().defaultTo(0)
      exact(table, 'problem', 64, dialect).nullable()
      reference(table, 'requested_by', 'users', 'RESTRICT').nullable()
      instant(table, 'not_before').notNullable()
      instant(table, 'started_at').nullable()
      instant(table, 'ended_at').nullable()
      timestamps(table)
      table.index(['state', 'not_before', 'id'])
      table.index(['kind', 'state'])
    })
  }

  /** The Merkle tree over the audit (RFC 6962), and what was signed of it. */
  private proof() {
    const { dialect } = this.db
    this.schema.createTable('audit_leaves', (table) => {
      table.bigInteger('leaf').unsigned().notNullable().primary()
      table.bigInteger('audit_id').unsigned().notNullable().unique()
      table.foreign('audit_id').references('audit_logs.id').onDelete('RESTRICT')
      bytes(table, 'hash', 32, dialect).notNullable()
      // The root of the largest complete subtree that ends with this leaf; NULL where that is the leaf itself.
      bytes(table, 'node', 32, dialect).nullable()
    })
    this.schema.createTable('audit_checkpoints', (table) => {
      table.bigInteger('size').unsigned().notNullable().primary()
      bytes(table, 'root', 32, dialect).notNullable()
      table.text('note').notNullable()
      instant(table, 'created_at').notNullable()
    })
    // The last checkpoint that each place outside of the database has, and what became of the last attempt.
    this.schema.createTable('audit_anchors', (table) => {
      exact(table, 'place', 190, dialect).notNullable().primary()
      table.bigInteger('size').unsigned().nullable()
      instant(table, 'anchored_at').nullable()
      instant(table, 'failed_at').nullable()
      exact(table, 'problem', 64, dialect).nullable()
      timestamps(table)
    })
  }

  /** The right to erasure: the keys of a patient are destroyed, once two others have agreed. */
  private shredding() {
    const { dialect } = this.db
    this.schema.createTable('shred_requests', (table) => {
      identity(table, dialect)
      reference(table, 'patient_id', 'patients', 'RESTRICT').notNullable()
      reference(table, 'requested_by', 'users', 'RESTRICT').notNullable()
      exact(table, 'ground', 32, dialect).notNullable()
      table.string('reference', 64).nullable()
      exact(table, 'state', 16, dialect).notNullable()
      // 1 while it waits, NULL once it ended: a patient has one that waits.
      table.integer('is_open').nullable().defaultTo(1)
      instant(table, 'expires_at').notNullable()
      instant(table, 'ended_at').nullable()
      timestamps(table)
      table.unique(['patient_id', 'is_open'])
    })
    this.schema.createTable('shred_approvals', (table) => {
      reference(table, 'request_id', 'shred_requests', 'RESTRICT').notNullable()
      reference(table, 'user_id', 'users', 'RESTRICT').notNullable()
      instant(table, 'created_at').notNullable()
      table.primary(['request_id', 'user_id'])
    })
    this.schema.createTable('shred_ledger', (table) => {
      table.bigIncrements('id')
      uuid(table, 'patient_uuid', dialect).notNullable().unique()
      uuid(table, 'request_uuid', dialect).notNullable()
      table.integer('keys').unsigned().notNullable()
      instant(table, 'created_at').notNullable()
    })
  }

  private refuse(verb: string, table: string) {
    const message = `${table} is append-only`
    this.schema.raw(
      this.db.dialect.name === 'mysql'
        ? `create trigger ${table}_no_${verb} before ${verb} on ${table} for each row signal sqlstate '45000' set message_text = '${message}'`
        : `create trigger ${table}_no_${verb} before ${verb} on ${table} begin select raise(abort, '${message}'); end`
    )
  }
}
