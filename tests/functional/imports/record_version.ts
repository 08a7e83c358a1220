import db from '@adonisjs/lucid/services/db'
import { activeDataKeys } from '#app/keys/data_keys'
import { openField } from '#app/keys/field_crypto'
import { rowsOf } from '#tests/functional/imports/legacy_system'

/** The columns of a former version, opened with the patient's key. */
export async function openRecordVersion(recordUuid: string, version: number): Promise<Record<string, unknown>> {
  const [row] = await rowsOf('select * from record_versions where entity_uuid = ? and version = ?', [
    recordUuid,
    version,
  ])
  const keys = await activeDataKeys([row.patient_uuid], db.connection())
  const place = { table: 'record_versions', column: 'body', uuid: row.uuid }
  return JSON.parse(openField(keys.get(row.patient_uuid)!, row.body, place))
}
