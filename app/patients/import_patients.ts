import vine from '@vinejs/vine'
import { toSqlInstant } from '#app/core/clock'
import { insertRows } from '#app/core/insert_rows'
import { insertClinical, updateClinical } from '#app/imports/clinical_importer'
import type { BatchScope, EntityImporter, ImportRecord, Known } from '#app/imports/entity_importer'
import { blindIndexer } from '#app/keys/blind_index'
import { newDataKey } from '#app/keys/data_keys'
import { examinePatients, tokensFor } from '#app/patients/examine_patients'
import { laterAccount, linkAccounts } from '#app/patients/link_accounts'
import { newMrn } from '#app/patients/mrn'
import Patient from '#app/patients/patient'
import { nameRows, patientColumns, type PatientInput } from '#app/patients/patient_columns'
import { patientFields } from '#app/patients/patient_validator'
import { rewriteIndex } from '#app/patients/write_index'

/** The set-based twin of `registerPatient`: the same validator, the same columns, by the hundred. */
export const importPatients: EntityImporter = {
  entity: 'patient',
  table: 'patients',
  /** `account` is the e-mail of a user: the only way in which an import links a patient to an account. */
  validator: vine.create({
    ...importedFields(),
    account: vine.string().trim().toLowerCase().maxLength(190).nullable().optional(),
  }),
  references: {},
  columns(input: PatientInput & { mrn?: string }, { country }) {
    const columns = patientColumns(input, country)
    return {
      mrn: input.mrn ?? '',
      family_name: columns.familyName,
      given_name: columns.givenName,
      sort_name: columns.sortName,
      sex: columns.sex,
      dob: columns.dob,
      national_id: columns.nationalId,
      national_id_country: columns.nationalIdCountry,
      phone: columns.phone,
      email: columns.email,
      address: columns.address,
      deceased_at: columns.deceasedAt ? toSqlInstant(columns.deceasedAt) : null,
    }
  },
  examine: examinePatients,
  insert: insertPatients,
  update: updatePatient,
}

/** The uuid may come from a device, never from a legacy system: there the natural key tells who is who. */
function importedFields() {
  const { id, ...fields } = patientFields
  return fields
}

async function insertPatients(records: ImportRecord[], scope: BatchScope) {
  const { trx } = scope
  const keys = []
  for (const record of records) {
    const { dataKey, row } = await newDataKey('patient', record.uuid, trx)
    keys.push({ ...row })
    record.dataKey = dataKey
    record.columns.mrn ||= newMrn()
  }
  const accounts = await linkAccounts(records, scope)
  await insertRows(trx, 'data_keys', keys)
  await insertClinical('patients', records, (record) => ({ user_id: accounts.get(record) ?? null }), scope)
  await insertIndex(records, scope)
}

async function insertIndex(records: ImportRecord[], { trx, country }: BatchScope) {
  const tokensUnder = await blindIndexer(trx)
  const names = records.flatMap(({ id, columns }) =>
    nameRows({ familyName: String(columns.family_name), givenName: String(columns.given_name) }).map((row) => ({
      ...row,
      patient_id: id!,
    }))
  )
  const tokens = records.map((record) => ({ row_uuid: record.uuid, ...tokensFor(record, country, tokensUnder) }))
  const rowsOf = (kind: 'shared' | 'unique') =>
    tokens.flatMap(({ row_uuid, [kind]: some }) => some.map((token) => ({ ...token, row_uuid })))
  await insertRows(trx, 'patient_names', names)
  await insertRows(trx, 'blind_indexes', rowsOf('shared'))
  await insertRows(trx, 'unique_blind_indexes', rowsOf('unique'))
}

async function updatePatient(record: ImportRecord, known: Known, scope: BatchScope): Promise<number | null> {
  const { mrn, ...columns } = record.columns
  const account = await laterAccount(record, known, scope)
  const more = { ...(mrn ? { mrn } : {}), ...(account ? { user_id: account } : {}) }
  const row = await updateClinical(Patient, { ...record, columns }, more, known, scope)
  if (row && row.version !== known.version) await rewriteIndex(row as Patient, scope.country, scope.trx)
  return row?.version ?? null
}
