import type { LucidModel } from '@adonisjs/lucid/types/model'
import type { ClinicalRow } from '#app/core/clinical_row'
import { toSqlInstant } from '#app/core/clock'
import { insertRows, selectRows } from '#app/core/insert_rows'
import {
  type BatchScope,
  type Columns,
  type EntityImporter,
  type ImportRecord,
  isRecord,
  type Known,
  standsFor,
} from '#app/imports/entity_importer'
import { activeDataKeys } from '#app/keys/data_keys'
import { ENCRYPTED_COLUMNS, type EncryptedTable } from '#app/keys/encrypted_columns'
import { sealColumns } from '#app/keys/seal_columns'
import { saveVersion } from '#app/sync/record_change'

type Description = Pick<EntityImporter, 'entity' | 'table' | 'validator' | 'references' | 'columns'> & {
  model: LucidModel
  /** What a new row has in a column that cannot be empty and of which its source says nothing; later it stays. */
  unsaid: (at: string) => Columns
}

/** The importer of a table whose rows hang on a patient: sealed by the patient's key, inserted by the hundred. */
export function clinicalImporter({ model, unsaid, ...rest }: Description): EntityImporter {
  return {
    ...rest,
    async insert(records, scope) {
      const defaults = Object.entries(unsaid(scope.at))
      for (const { columns } of records) for (const [column, value] of defaults) columns[column] ??= value
      await chooseKeys(records, scope)
      await insertClinical(rest.table, records, (record) => foreignKeys(record, rest.references), scope)
    },
    async update(record, known, scope) {
      for (const column in unsaid(scope.at)) if (record.columns[column] === null) delete record.columns[column]
      const row = await updateClinical(model, record, foreignKeys(record, rest.references), known, scope)
      return row?.version ?? null
    },
  }
}

export function foreignKeys(record: ImportRecord, references: EntityImporter['references']): Columns {
  return Object.fromEntries(
    Object.entries(references).map(([name, { column }]) => {
      const target = record.targets[name]
      return [column, (target && isRecord(target) ? standsFor(target) : target)?.id ?? null]
    })
  )
}

/** Inserts versioned rows and reads their numeric ids back by uuid: no engine promises consecutive ones. */
export async function insertClinical(
  table: string,
  records: ImportRecord[],
  keysOf: (record: ImportRecord) => Columns,
  { trx, at }: BatchScope
) {
  const isSealed = table in ENCRYPTED_COLUMNS
  await insertRows(
    trx,
    table,
    records.map((record) => {
      const { uuid, columns, dataKey } = record
      const stored = isSealed ? sealColumns(table as EncryptedTable, uuid, columns, dataKey!) : columns
      return { uuid, version: 1, ...keysOf(record), ...stored, created_at: at, updated_at: at }
    })
  )
  await readIds(table, records, trx)
}

export async function readIds(table: string, records: ImportRecord[], trx: BatchScope['trx']) {
  const ids = new Map<string, number>()
  for (let from = 0; from < records.length; from += 500) {
    const part = records.slice(from, from + 500)
    const marks = part.map(() => '?').join(',')
    const rows = await selectRows<{ id: number; uuid: string }>(
      trx,
      `select id, uuid from ${table} where uuid in (${marks})`,
      part.map(({ uuid }) => uuid)
    )
    for (const row of rows) ids.set(row.uuid, Number(row.id))
  }
  for (const record of records) record.id = ids.get(record.uuid)
}

async function chooseKeys(records: ImportRecord[], { trx }: BatchScope) {
  const missing = [...new Set(records.filter(({ dataKey }) => !dataKey).map(({ patientUuid }) => patientUuid!))]
  const keys = missing.length ? await activeDataKeys(missing, trx) : new Map()
  for (const record of records) record.dataKey ??= keys.get(record.patientUuid!)
}

/** Null, and nothing is written, when somebody has edited the row since `known` was read. */
export async function updateClinical(
  model: LucidModel,
  record: ImportRecord,
  keys: Columns,
  known: Known,
  { trx, caller }: BatchScope
): Promise<ClinicalRow | null> {
  const found = await model.query({ client: trx }).where('id', known.id).forUpdate().firstOrFail()
  const row = found as unknown as ClinicalRow
  if (row.version !== known.version) return null
  // What a row hangs on knows the patient whose key seals it.
  if (known.patientUuid && row.uuid !== known.patientUuid) Object.assign(row, { patientUuid: known.patientUuid })
  for (const [column, value] of Object.entries({ ...keys, ...record.columns })) {
    const attribute = model.$keys.columnsToAttributes.get(column, column)
    const current = row.$attributes[attribute]
    const same = current instanceof Date ? toSqlInstant(current) === value : (current ?? null) === value
    if (!same) Object.assign(row, { [attribute]: value })
  }
  await saveVersion(row, caller, trx)
  return row
}
