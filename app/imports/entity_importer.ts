import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Caller } from '#app/core/caller'
import type { RefusalCode, RemarkCode } from '#app/imports/codes'
import type { AnyValidator } from '#app/core/validated'
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
  version: number
  /** Whether that patient is erased. */
  isErased?: boolean
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
  references: Record<string, { entity: EntityName; token: Buffer }>
  /** Where the references lead, once they are resolved. */
  targets: Record<string, Known | ImportRecord>
  uuid: string
  id?: number
  patientUuid?: string | null
  dataKey?: DataKey
  /** What the row stands for, when it is in the database already, or made by an earlier row of the batch. */
  adopted?: Known
}

/** The record that this one is in the database: what it says changes as records are adopted, and written. */
export function standsFor(record: ImportRecord): Known {
  return {
    get id() {
      return record.adopted?.id ?? record.id!
    },
    get uuid() {
      return record.adopted?.uuid ?? record.uuid
    },
    get patientUuid() {
      return record.adopted?.patientUuid ?? record.patientUuid ?? null
    },
    get version() {
      return record.adopted?.version ?? 1
    },
  }
}

export function isRecord(target: Known | ImportRecord): target is ImportRecord {
  return 'token' in target
}

/** A row that cannot be taken, found out here: `field` is the input's field, from which the source's column follows. */
export class CannotTake extends Error {
  constructor(
    readonly code: RefusalCode,
    readonly field: string | null = null,
    readonly params: Record<string, string | number> = {}
  ) {
    super(code)
  }
}

export interface BatchScope {
  caller: Caller
  trx: TransactionClientContract
  country: string
  at: string
  /** Keeps a remark on a row that is taken all the same. */
  remark(record: ImportRecord, code: RemarkCode): void
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
   * Looks at what a batch is about to do, before anything is written: sets `adopted` on a new record that stands in the
   * database already, or earlier in the batch; `updates` have it set. Answers the refusals by record.
   */
  examine?(fresh: ImportRecord[], updates: ImportRecord[], scope: BatchScope): Promise<Map<ImportRecord, CannotTake>>
  insert(records: ImportRecord[], scope: BatchScope): Promise<void>
  /**
   * Brings a record up to date with its row; the former version is kept.
   * @returns the version after it, the same as before when the row says nothing new; null, and nothing is written, when
   *   somebody has edited the record since `known` was read
   */
  update(record: ImportRecord, known: Known, scope: BatchScope): Promise<number | null>
}
