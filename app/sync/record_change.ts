import type { LucidModel } from '@adonisjs/lucid/types/model'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Caller } from '#app/core/caller'
import type { ClinicalRow } from '#app/core/clinical_row'
import { now, toSqlInstant } from '#app/core/clock'
import { newUuid } from '#app/core/ids'
import { activeDataKeys } from '#app/keys/data_keys'
import { sealField, type DataKey } from '#app/keys/field_crypto'

/**
 * Saves a clinical row with all that a change entails, in one transaction: the next version number, the former version
 * (sealed) in `record_versions`, and a row in `sync_changes` that devices will pull.
 * @returns the names of the columns that changed; none means that nothing was written
 */
export async function saveClinicalRow(
  row: ClinicalRow,
  caller: Caller,
  trx: TransactionClientContract
): Promise<string[]> {
  const changed = await saveVersion(row, caller, trx)
  if (changed.length) await recordChange(row, 'upsert', trx, row.updatedAt)
  return changed
}

/** The same without the change for devices: an import tells them once a patient, not once a row. */
export async function saveVersion(row: ClinicalRow, caller: Caller, trx: TransactionClientContract): Promise<string[]> {
  const at = now()
  const isNew = !row.$isPersisted
  const changed = Object.keys(row.$dirty)
  if (!isNew && !changed.length) return []
  const former = isNew ? null : { ...row.$original }
  row.useTransaction(trx)
  if (isNew) Object.assign(row, { version: 1, createdAt: at })
  else row.version += 1
  row.updatedAt = at
  await row.save()
  if (former) await keepFormerVersion(row, former, caller, trx, at)
  return changed.map((attribute) => (row.constructor as LucidModel).$getColumn(attribute)!.columnName)
}

async function recordChange(
  row: ClinicalRow,
  op: 'upsert' | 'delete' | 'reload',
  trx: TransactionClientContract,
  at = now()
) {
  const { entity, entityUuid, patientUuid } = row.auditIdentity()
  await trx.rawQuery(
    'insert into sync_changes (scope, entity, entity_uuid, version, op, at) values (?, ?, ?, ?, ?, ?)',
    [patientUuid!, entity, entityUuid, row.version, op, toSqlInstant(at)]
  )
}

async function keepFormerVersion(
  row: ClinicalRow,
  former: Record<string, any>,
  caller: Caller,
  trx: TransactionClientContract,
  at: Date
) {
  const patientUuid = row.auditIdentity().patientUuid!
  const keys = row.$dataKey ? null : await activeDataKeys([patientUuid], trx)
  const key = row.$dataKey ?? keys!.get(patientUuid)!
  await trx.table('record_versions').insert(formerVersion(row, former, patientUuid, key, caller, at))
}

/** One row of `record_versions`; its body is the former columns as JSON, sealed by the patient's key. */
function formerVersion(
  row: ClinicalRow,
  former: Record<string, any>,
  patientUuid: string,
  key: DataKey,
  caller: Caller,
  at: Date
) {
  const uuid = newUuid()
  const model = row.constructor as LucidModel
  const columns = Object.fromEntries(
    Object.entries(former)
      .filter(([attribute]) => model.$hasColumn(attribute))
      .map(([attribute, value]) => [model.$getColumn(attribute)!.columnName, value])
  )
  return {
    uuid,
    entity: row.auditIdentity().entity,
    entity_uuid: row.uuid,
    patient_uuid: patientUuid,
    version: former.version,
    body: sealField(key, JSON.stringify(columns), { table: 'record_versions', column: 'body', uuid }),
    user_id: caller.user.id,
    via: caller.via,
    at: toSqlInstant(at),
  }
}
