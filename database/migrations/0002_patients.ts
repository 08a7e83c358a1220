import { BaseSchema } from '@adonisjs/lucid/schema'
import { bytes, clinicalIdentity, exact, instant, reference, sealed, timestamps, uuid } from '#database/table_parts'

export default class extends BaseSchema {
  async up() {
    const { dialect } = this.db
    this.schema.createTable('patients', (table) => {
      clinicalIdentity(table, dialect)
      table.bigInteger('user_id').unsigned().nullable().unique()
      table.foreign('user_id').references('users.id').onDelete('SET NULL')
      exact(table, 'mrn', 32, dialect).notNullable().unique()
      table.string('family_name', 120).notNullable()
      table.string('given_name', 120).notNullable()
      exact(table, 'sort_name', 250, dialect).notNullable()
      exact(table, 'sex', 8, dialect).notNullable()
      table.date('dob').notNullable()
      sealed(table, 'national_id', 'phone', 'email', 'address')
      exact(table, 'national_id_country', 8, dialect).nullable()
      instant(table, 'deceased_at').nullable()
      instant(table, 'retired_at').nullable()
      reference(table, 'merged_into_id', 'patients', 'RESTRICT').nullable()
      timestamps(table)
      table.index(['sort_name', 'uuid'])
      table.index(['dob', 'uuid'])
      table.index(['created_at', 'uuid'])
      table.index(['updated_at', 'uuid'])
      table.index(['retired_at', 'uuid'])
    })
    this.schema.createTable('patient_names', (table) => {
      exact(table, 'token', 64, dialect).notNullable()
      table.bigInteger('patient_id').unsigned().notNullable()
      exact(table, 'sound', 16, dialect).notNullable()
      table.foreign('patient_id').references('patients.id').onDelete('CASCADE')
      table.primary(['patient_id', 'token'])
      table.index(['token', 'patient_id'])
      table.index(['sound', 'patient_id'])
    })
    this.schema.createTable('doctor_patient', (table) => {
      clinicalIdentity(table, dialect)
      reference(table, 'doctor_id', 'users', 'RESTRICT').notNullable()
      reference(table, 'patient_id', 'patients', 'CASCADE').notNullable()
      instant(table, 'assigned_at').notNullable()
      reference(table, 'assigned_by', 'users', 'RESTRICT').nullable()
      instant(table, 'ended_at').nullable()
      reference(table, 'ended_by', 'users', 'RESTRICT').nullable()
      // 1 while open, NULL once ended: NULLs are distinct in a unique key on both engines, so a pair has one open row.
      table.integer('is_open').nullable().defaultTo(1)
      timestamps(table)
      table.unique(['doctor_id', 'patient_id', 'is_open'])
      table.index(['patient_id', 'is_open'])
    })
    this.schema.createTable('blind_indexes', (table) => {
      this.blindColumns(table)
      table.primary(['field_id', 'key_version', 'token', 'row_uuid'])
      table.index(['row_uuid'])
    })
    this.schema.createTable('unique_blind_indexes', (table) => {
      this.blindColumns(table)
      table.primary(['field_id', 'key_version', 'token'])
      table.index(['row_uuid'])
    })
  }

  async down() {
    for (const table of ['unique_blind_indexes', 'blind_indexes', 'doctor_patient', 'patient_names', 'patients'])
      this.schema.dropTable(table)
  }

  private blindColumns(table: Parameters<typeof exact>[0]) {
    const { dialect } = this.db
    table.specificType('field_id', 'smallint').notNullable()
    table.specificType('key_version', 'smallint').notNullable()
    bytes(table, 'token', 16, dialect).notNullable()
    uuid(table, 'row_uuid', dialect).notNullable()
  }
}
