import { ENCRYPTED_COLUMNS, isPadded, type EncryptedTable } from '#app/keys/encrypted_columns'
import { sealField, type DataKey } from '#app/keys/field_crypto'

export type ColumnValue = string | number | Buffer | null

/** A row's plain columns as they are stored: the encrypted ones sealed for their place, the others as they are. */
export function sealColumns(
  table: EncryptedTable,
  uuid: string,
  columns: Record<string, ColumnValue>,
  key: DataKey
): Record<string, ColumnValue> {
  const stored = { ...columns }
  for (const column of Object.keys(ENCRYPTED_COLUMNS[table])) {
    const plain = columns[column]
    if (plain !== null && plain !== undefined)
      stored[column] = sealField(key, String(plain), { table, column, uuid }, isPadded(table, column))
  }
  return stored
}
