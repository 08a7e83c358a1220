import vine from '@vinejs/vine'
import { toSqlInstant } from '#app/core/clock'
import { insertRows, selectRows } from '#app/core/insert_rows'
import { insertClinical, updateClinical } from '#app/imports/clinical_importer'
import {
  CannotTake,
  standsFor,
  type BatchScope,
  type EntityImporter,
  type ImportRecord,
} from '#app/imports/entity_importer'
import { blindIndexer } from '#app/keys/blind_index'
import { newDataKey } from '#app/keys/data_keys'
import { linkAccounts } from '#app/patients/link_accounts'
import { newMrn } from '#app/patients/mrn'
import Patient from '#app/patients/patient'
import { nameRows, patientColumns, tokensOf, type PatientInput } from '#app/patients/patient_columns'
import { patientFields } from '#app/patients/patient_validator'
import { rewriteIndex } from '#app/patients/write_index'

const { id: _, ...fields } = patientFields

/** The set-based twin of `registerPatient`: the same validator, the same columns, by the hundred. */
export const importPatients: EntityImporter = {
  entity: 'patient',
  table: 'patients',
  /** `account` is the e-mail of a user: the only way in which an import links a patient to an account. */
  validator: vine.create({
    ...fields,
    account: vine.string().trim().toLowerCase().maxLength(190).nullable().optional(),
  }),
  references: {},
  columns(input: PatientInput & { mrn?: string }, { country }) {
    const columns = patientColumns(input, country)
    return {
      mrn: input.mrn?.toUpperCase() ?? '',
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
  adopt: adoptByNationalId,
  async insert(records, scope) {
    const { trx, country } = scope
    const keys = await Promise.all(records.map(({ uuid }) => newDataKey('patient', uuid, trx)))
    records.forEach((record, index) => {
      record.dataKey = keys[index]!.dataKey
      record.patientUuid = record.uuid
      record.columns.mrn ||= newMrn()
    })
    const accounts = await linkAccounts(records, scope)
    await insertRows(
      trx,
      'data_keys',
      keys.map(({ row }) => ({ ...row }))
    )
    await insertClinical('patients', records, (record) => ({ user_id: accounts.get(record) ?? null }), scope)
    await insertIndex(records, country, trx)
  },
  async update(record, known, scope) {
    if (!record.columns.mrn) delete record.columns.mrn
    const version = await updateClinical(Patient, record, {}, known, scope)
    const patient = await Patient.query({ client: scope.trx }).where('id', known.id).firstOrFail()
    await rewriteIndex(patient, scope.country, scope.trx)
    return version
  },
}

async function insertIndex(records: ImportRecord[], country: string, trx: BatchScope['trx']) {
  const tokenOf = await blindIndexer(trx)
  const names = records.flatMap(({ id, columns }) =>
    nameRows({ familyName: String(columns.family_name), givenName: String(columns.given_name) }).map((row) => ({
      ...row,
      patient_id: id!,
    }))
  )
  const tokens = records.map((record) => ({ uuid: record.uuid, ...tokensOf(identifiersOf(record), country, tokenOf) }))
  await insertRows(trx, 'patient_names', names)
  await insertRows(
    trx,
    'blind_indexes',
    tokens.flatMap(({ shared, uuid }) => shared.map((one) => ({ ...one, row_uuid: uuid })))
  )
  await insertRows(
    trx,
    'unique_blind_indexes',
    tokens.flatMap(({ unique, uuid }) => unique.map((one) => ({ ...one, row_uuid: uuid })))
  )
}

function identifiersOf({ columns }: ImportRecord) {
  return {
    nationalId: columns.national_id as string | null,
    nationalIdCountry: columns.national_id_country as string | null,
    phone: columns.phone as string | null,
  }
}

interface Holder {
  id: number
  uuid: string
  version: number
  dob: string
  sort_name: string
  token: Buffer
}

/**
 * The same national id is the same person, if the date of birth or the name agrees; if neither does, a person has to
 * look. A record number that somebody else has is refused.
 */
async function adoptByNationalId(records: ImportRecord[], { trx, country }: BatchScope) {
  const refused = new Map<ImportRecord, CannotTake>()
  const tokenOf = await blindIndexer(trx)
  const tokens = new Map<ImportRecord, string>()
  for (const record of records) {
    const [unique] = tokensOf({ ...identifiersOf(record), phone: null }, country, tokenOf).unique
    if (unique) tokens.set(record, unique.token.toString('hex'))
  }
  const holders = await holdersOf([...tokens.values()], trx)
  const mrns = await takenMrns(records, trx)
  const first = new Map<string, ImportRecord>()
  for (const record of records) {
    const token = tokens.get(record)
    const holder = token === undefined ? undefined : holders.get(token)
    const earlier = token === undefined ? undefined : first.get(token)
    if (holder || earlier) {
      if (!isSamePerson(record, holder ?? asHolder(earlier!)))
        refused.set(record, new CannotTake('national_id_of_another', 'national_id'))
      else record.adopted = holder ? { ...holder, patientUuid: holder.uuid } : standsFor(earlier!)
      continue
    }
    const mrn = String(record.columns.mrn)
    if (mrn && mrns.has(mrn)) {
      refused.set(record, new CannotTake('mrn_taken', 'mrn'))
      continue
    }
    if (mrn) mrns.add(mrn)
    if (token !== undefined) first.set(token, record)
  }
  return refused
}

function isSamePerson({ columns }: ImportRecord, holder: Pick<Holder, 'dob' | 'sort_name'>) {
  return columns.dob === holder.dob || columns.sort_name === holder.sort_name
}

function asHolder({ columns }: ImportRecord) {
  return { dob: String(columns.dob), sort_name: String(columns.sort_name) }
}

async function holdersOf(tokens: string[], trx: BatchScope['trx']): Promise<Map<string, Holder>> {
  if (!tokens.length) return new Map()
  const rows = await selectRows<Holder>(
    trx,
    `select p.id, p.uuid, p.version, p.dob, p.sort_name, b.token from unique_blind_indexes b join patients p on p.uuid = b.row_uuid
     where b.field_id = 1 and b.token in (${tokens.map(() => '?').join(',')})`,
    tokens.map((token) => Buffer.from(token, 'hex'))
  )
  return new Map(rows.map((row) => [row.token.toString('hex'), { ...row, id: Number(row.id) }]))
}

async function takenMrns(records: ImportRecord[], trx: BatchScope['trx']): Promise<Set<string>> {
  const asked = records.map(({ columns }) => String(columns.mrn)).filter(Boolean)
  if (!asked.length) return new Set()
  const rows = await selectRows<{ mrn: string }>(
    trx,
    `select mrn from patients where mrn in (${asked.map(() => '?').join(',')})`,
    asked
  )
  return new Set(rows.map(({ mrn }) => mrn))
}
