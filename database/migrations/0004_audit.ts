import { BaseSchema } from '@adonisjs/lucid/schema'
import { bytes, exact, instant, reference, uuid } from '#database/table_parts'

export default class extends BaseSchema {
  async up() {
    const { dialect } = this.db
    this.schema.createTable('audit_logs', (table) => {
      table.bigIncrements('id')
      uuid(table, 'uid', dialect).notNullable().unique()
      instant(table, 'created_at').notNullable()
      bytes(table, 'writer', 8, dialect).notNullable()
      table.bigInteger('wseq').unsigned().notNullable()
      reference(table, 'user_id', 'users', 'RESTRICT').nullable()
      exact(table, 'role', 64, dialect).nullable()
      exact(table, 'action', 64, dialect).notNullable()
      exact(table, 'entity', 48, dialect).nullable()
      uuid(table, 'entity_uuid', dialect).nullable()
      uuid(table, 'patient_uuid', dialect).nullable()
      exact(table, 'outcome', 16, dialect).notNullable()
      table.specificType('http_status', 'smallint').nullable()
      exact(table, 'ip_address', 45, dialect).nullable()
      table.string('user_agent', 255).nullable()
      exact(table, 'request_id', 64, dialect).nullable()
      table.text('details', 'mediumtext').nullable()
      bytes(table, 'mac', 16, dialect).notNullable()
      table.unique(['writer', 'wseq'])
      table.index(['created_at', 'id'])
      table.index(['user_id', 'created_at'])
      table.index(['patient_uuid', 'created_at'])
      table.index(['action', 'created_at'])
      table.index(['outcome', 'created_at'])
    })
    for (const verb of ['update', 'delete']) {
      this.schema.raw(
        dialect.name === 'mysql'
          ? `create trigger audit_logs_no_${verb} before ${verb} on audit_logs for each row signal sqlstate '45000' set message_text = 'audit_logs is append-only'`
          : `create trigger audit_logs_no_${verb} before ${verb} on audit_logs begin select raise(abort, 'audit_logs is append-only'); end`
      )
    }
  }

  async down() {
    this.schema.dropTable('audit_logs')
  }
}
