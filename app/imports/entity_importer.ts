import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { AnyValidator } from '#app/core/validated'
import type { RunScope } from '#app/core/use_case'
import type { ColumnValue } from '#app/keys/seal_columns'
import type { DataKey } from '#app/keys/field_crypto'
import type { EntityName } from '#app/mappings/mapping'

export type Columns = Record<string, ColumnValue>

/** A record that exists, as far as others need to refer to it. */
export interface Known {
  id: number
  uuid: string
  /** The patient whose chart it belongs to. */
  patientUuid: string | null
}

/** One record of a source row, on its way into the database. */
export interface ImportRecord {
  entity: EntityName
  /** The source's key, as an HMAC token: source ids may be national ids. */
  token: Buffer
  digest: Buffer
  input: Record<string, unknown>
  /** Plain columns, by column name; the encrypted ones are sealed at the insert. */
  columns: Columns
  references: Record<string, { entity: EntityName; token: Buffer; field: string }>
  /** Where the references lead, once they are resolved. */
  targets: Record<string, Known | ImportRecord>
  uuid: string
  id?: number
  patientUuid?: string | null
  dataKey?: DataKey
  /** What the row stands for, when it is in the database already under another key. */
  adopted?: Known & { version: number }
}

/** The record that this one is in the database; its numeric id is there once it, or what it stands for, is written. */
export function standsFor(record: ImportRecord): Known & { version: number } {
  return {
    get id() {
      return record.adopted?.id ?? record.id!
    },
    uuid: record.adopted?.uuid ?? record.uuid,
    get patientUuid() {
      return record.adopted?.patientUuid ?? record.patientUuid ?? null
    },
    version: record.adopted?.version ?? 1,
  }
}

export function isRecord(target: Known | ImportRecord): target is ImportRecord {
  return 'token' in target
}

/** A row that cannot be taken, found out here: `field` is the input's field, from which the source's column follows. */
export class CannotTake extends Error {
  constructor(
    readonly code: string,
    readonly field: string | null = null,
    readonly params: Record<string, string | number> = {}
  ) {
    super(code)
  }
}

export interface BatchScope extends Pick<RunScope<unknown>, 'caller' | 'save'> {
  trx: TransactionClientContract
  country: string
  at: string
  /** Keeps a remark on a row that is taken all the same. */
  remark(record: ImportRecord, code: string): void
}

/** How one kind of record is imported; it lives beside the rules of its domain and shares their validator and mapping. */
export interface EntityImporter {
  entity: EntityName
  table: string
  validator: AnyValidator
  /** Reference → column of the foreign key, and whether the record can be without. */
  references: Record<string, { column: string; required: boolean }>
  /** The validated input as plain columns. Errors: a Problem. */
  columns(input: any, scope: { country: string; at: string }): Columns
  /**
   * Looks for records that stand in the database already, or earlier in the batch, and sets `adopted`.
   * Answers the refusals by record.
   */
  adopt?(records: ImportRecord[], scope: BatchScope): Promise<Map<ImportRecord, CannotTake>>
  insert(records: ImportRecord[], scope: BatchScope): Promise<void>
  /** Brings a record up to date with its row; the former version is kept. */
  update(record: ImportRecord, known: Known, scope: BatchScope): Promise<number>
}
