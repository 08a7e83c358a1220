import db from '@adonisjs/lucid/services/db'
import { column, type BaseModel } from '@adonisjs/lucid/orm'
import type { LucidModel, LucidRow } from '@adonisjs/lucid/types/model'
import { activeDataKeys, dataKeysById } from '#app/keys/data_keys'
import { isPadded } from '#app/keys/encrypted_columns'
import { dataKeyIdOf, openField, sealField, type Place } from '#app/keys/field_crypto'
import type { SealedRow } from '#app/core/clinical_row'

/** Ciphertext that was loaded and is not yet opened; a transformer that meets one has skipped the model's hooks. */
class Sealed {
  constructor(readonly bytes: Buffer) {}
}

const fieldsOf = new WeakMap<LucidModel, string[]>()

/**
 * Declares an encrypted column: text in the model, ciphertext of `app/keys/field_crypto` in the database. Null stays
 * null. Opened after every find and fetch, sealed before every save; a field that cannot be opened raises FieldUnreadable.
 */
export function encrypted() {
  return (target: InstanceType<typeof BaseModel>, attribute: string) => {
    const model = target.constructor as LucidModel
    column({ meta: { isEncrypted: true }, serializeAs: null, prepare, consume })(target as any, attribute)
    const fields = fieldsOf.get(model) ?? []
    if (!fields.length) {
      model.before('save', (row) => chooseKey(row as never))
      model.after('find', (row) => openRows([row as never]))
      model.after('fetch', (rows) => openRows(rows as never))
    }
    fieldsOf.set(model, [...fields, attribute])
  }
}

function prepare(value: unknown, attribute: string, row: LucidRow): Buffer | null {
  if (value === null || value === undefined) return null
  if (value instanceof Sealed) return value.bytes
  const sealed = row as unknown as SealedRow
  const place = placeOf(sealed, attribute)
  const key = sealed.$dataKey
  if (!key) throw new Error(`no data key chosen for ${place.table}.${place.column}`)
  return sealField(key, String(value), place, isPadded(place.table, place.column))
}

function consume(value: unknown): Sealed | null {
  return value === null || value === undefined ? null : new Sealed(value as Buffer)
}

function placeOf(row: SealedRow, attribute: string): Place {
  const model = row.constructor as LucidModel
  return { table: model.table, column: model.$getColumn(attribute)!.columnName, uuid: row.uuid }
}

/** Every encrypted attribute of a model, those of the generated class that it extends included. */
function encryptedAttributes(model: LucidModel): string[] {
  const parent = Object.getPrototypeOf(model) as LucidModel | null
  return [
    ...(parent && parent !== Function.prototype ? encryptedAttributes(parent) : []),
    ...(fieldsOf.get(model) ?? []),
  ]
}

async function chooseKey(row: SealedRow) {
  const dirty = encryptedAttributes(row.constructor as LucidModel).some(
    (field) => field in row.$dirty && row.$dirty[field] !== null
  )
  if (!dirty || row.$dataKey) return
  const subject = await row.keySubject()
  const { type, uuid } = typeof subject === 'string' ? { type: 'patient' as const, uuid: subject } : subject
  const keys = await activeDataKeys([uuid], clientOf(row), type)
  row.$dataKey = keys.get(uuid)
  if (!row.$dataKey) throw new Error(`${type} ${uuid} has no active data key`)
}

/** Opens the encrypted fields of loaded rows, of one model or several, with one query for all their keys. Errors: FieldUnreadable. */
export async function openRows(rows: SealedRow[]) {
  const closed = rows.flatMap((row) =>
    encryptedAttributes(row.constructor as LucidModel)
      .filter((attribute) => row.$attributes[attribute] instanceof Sealed)
      .map((attribute) => {
        const place = placeOf(row, attribute)
        const { bytes } = row.$attributes[attribute] as Sealed
        return { row, attribute, place, bytes, keyId: dataKeyIdOf(bytes, place) }
      })
  )
  if (!closed.length) return
  const distinct = new Map(closed.map(({ keyId }) => [keyId.toString('latin1'), keyId]))
  const keys = await dataKeysById([...distinct.values()], clientOf(closed[0]!.row))
  for (const { row, attribute, place, bytes, keyId } of closed) {
    const text = openField({ key: keys.keyFor(keyId, place) }, bytes, place, isPadded(place.table, place.column))
    row.$attributes[attribute] = text
    row.$original[attribute] = text
  }
}

function clientOf(row: SealedRow) {
  return row.$trx ?? db.connection(row.$options?.connection)
}
