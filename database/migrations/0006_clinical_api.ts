import { BaseSchema } from '@adonisjs/lucid/schema'
import {
  addReference,
  clinicalIdentity,
  exact,
  identity,
  instant,
  reference,
  sealed,
  timestamps,
  uuid,
} from '#database/table_parts'

export default class extends BaseSchema {
  async up() {
    this.extendCharts()
    this.chartTables()
  }

  async down() {
    for (const table of ['alerts', 'emergency_accesses', 'addenda']) this.schema.dropTable(table)
    for (const [table, now, before] of this.longerIndexes())
      this.schema.alterTable(table, (altered) => {
        if (before) altered.index(before)
        altered.dropIndex(now)
      })
    this.schema.alterTable('medical_records', (table) => {
      table.dropIndex(['patient_id', 'timeline_at', 'uuid'])
    })
    this.schema.alterTable('medical_records', (table) => table.dropColumn('timeline_at'))
    this.dropReference('prescriptions', 'prescribed_by')
    this.schema.alterTable('prescriptions', (table) => {
      table.dropIndex(['patient_id', 'prescribed_at', 'uuid'])
    })
    this.dropReference('prescriptions', 'patient_id')
  }

  private dropReference(table: string, column: string) {
    if (this.db.dialect.name === 'mysql') this.schema.alterTable(table, (altered) => altered.dropForeign([column]))
    this.schema.alterTable(table, (altered) => altered.dropIndex([column]))
    this.schema.raw(`alter table ${table} drop column ${column}`)
  }

  /** What a list of a whole chart needs beside what each record had. */
  private extendCharts() {
    addReference(this.schema, 'prescriptions', 'patient_id', 'patients', 'CASCADE', this.db.dialect)
    addReference(this.schema, 'prescriptions', 'prescribed_by', 'users', 'RESTRICT', this.db.dialect)
    this.schema.raw(
      'update prescriptions set patient_id = (select c.patient_id from consultations c where c.id = prescriptions.consultation_id)'
    )
    this.schema.alterTable('prescriptions', (table) => {
      table.index(['patient_id', 'prescribed_at', 'uuid'])
    })
    // When a record counts in the chart: when it happened, or where nobody knows that, when it was written down.
    this.schema.alterTable('medical_records', (table) => {
      instant(table, 'timeline_at').nullable()
      table.index(['patient_id', 'timeline_at', 'uuid'])
    })
    this.schema.raw('update medical_records set timeline_at = coalesce(occurred_at, created_at)')
    for (const [table, now, before] of this.longerIndexes())
      this.schema.alterTable(table, (altered) => {
        altered.index(now)
        if (before) altered.dropIndex(before)
      })
  }

  /** A list's index ends with the uuid, by which its pages go on; the shorter one is of no more use. */
  private longerIndexes(): [table: string, now: string[], before: string[] | null][] {
    return [
      ['consultations', ['status', 'date', 'uuid'], ['status', 'date']],
      ['lab_results', ['performed_by', 'result_date', 'uuid'], ['performed_by', 'result_date']],
      ['lab_results', ['status', 'result_date', 'uuid'], ['status', 'result_date']],
      ['lab_results', ['result_date', 'uuid'], null],
    ]
  }

  private chartTables() {
    const { dialect } = this.db
    this.schema.createTable('addenda', (table) => {
      clinicalIdentity(table, dialect)
      reference(table, 'patient_id', 'patients', 'CASCADE').notNullable()
      exact(table, 'entity', 32, dialect).notNullable()
      uuid(table, 'entity_uuid', dialect).notNullable()
      reference(table, 'author_id', 'users', 'RESTRICT').nullable()
      sealed(table, 'text')
      timestamps(table)
      table.index(['entity_uuid', 'entity', 'created_at', 'uuid'])
    })
    this.schema.createTable('emergency_accesses', (table) => {
      clinicalIdentity(table, dialect)
      reference(table, 'patient_id', 'patients', 'CASCADE').notNullable()
      reference(table, 'user_id', 'users', 'RESTRICT').notNullable()
      sealed(table, 'reason')
      instant(table, 'expires_at').notNullable()
      timestamps(table)
      table.index(['patient_id', 'user_id', 'expires_at'])
      table.index(['user_id', 'expires_at'])
    })
    this.schema.createTable('alerts', (table) => {
      identity(table, dialect)
      exact(table, 'kind', 32, dialect).notNullable()
      reference(table, 'user_id', 'users', 'RESTRICT').nullable()
      reference(table, 'patient_id', 'patients', 'CASCADE').nullable()
      exact(table, 'entity', 32, dialect).nullable()
      uuid(table, 'entity_uuid', dialect).nullable()
      exact(table, 'state', 16, dialect).notNullable()
      instant(table, 'reviewed_at').nullable()
      reference(table, 'reviewed_by', 'users', 'RESTRICT').nullable()
      timestamps(table)
      table.index(['state', 'created_at', 'uuid'])
      table.index(['created_at', 'uuid'])
    })
  }
}
