import type { LucidModel } from '@adonisjs/lucid/types/model'
import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import EmergencyAccess from '#app/alerts/emergency_access'
import Addendum from '#app/charts/addendum'
import { CONSULTATIONS } from '#app/charts/chart_kinds'
import { formerVersions, rebuilt } from '#app/charts/former_versions'
import Consultation from '#app/consultations/consultation'
import type { ClinicalRow } from '#app/core/clinical_row'
import { newUuid } from '#app/core/ids'
import { inTransaction } from '#app/core/transaction'
import { assignDoctor } from '#app/doctors/assign_doctor'
import TotpSecret, { keepWaiting } from '#app/factors/totp_secret'
import { ENCRYPTED_COLUMNS, type EncryptedTable } from '#app/keys/encrypted_columns'
import LabResult from '#app/labs/lab_result'
import Patient from '#app/patients/patient'
import Prescription from '#app/prescriptions/prescription'
import MedicalRecord from '#app/records/medical_record'
import { saveClinicalRow } from '#app/sync/record_change'
import type User from '#app/users/user'
import { callerOf } from '#tests/acting'
import { someDigits, somePatient, someWord } from '#tests/functional/patients/some_patient'

type Texts = Record<string, string>

/** A row with text in each of its encrypted columns, and how its model reads it. */
export interface SealedOne {
  table: string
  id: number
  uuid: string
  /** By column, what was written. */
  texts: Texts
  read(client?: QueryClientContract): Promise<Texts>
}

const MODELS: Record<EncryptedTable, LucidModel> = {
  patients: Patient,
  consultations: Consultation,
  prescriptions: Prescription,
  medical_records: MedicalRecord,
  lab_results: LabResult,
  addenda: Addendum,
  emergency_accesses: EmergencyAccess,
  totp_secrets: TotpSecret,
}

function one(table: EncryptedTable, row: { id: number; uuid: string }, texts: Texts): SealedOne {
  const model = MODELS[table]
  return {
    ...{ table, id: row.id, uuid: row.uuid, texts },
    async read(client = db.connection()) {
      const read = await model.query({ client }).where('id', row.id).firstOrFail()
      const told = Object.keys(texts).map((column) => [column, read.$getAttribute(attributeOf(model, column))])
      return Object.fromEntries(told) as Texts
    },
  }
}

const attributeOf = (model: LucidModel, column: string) => model.$keys.columnsToAttributes.get(column, column)

async function save<Row extends ClinicalRow>(row: Row): Promise<Row> {
  await inTransaction(callerOf(), async ({ client }) => void (await saveClinicalRow(row, callerOf(), client)))
  return row
}

/** What the API shows only in a certain form. */
const OF_A_FORM: Partial<Record<EncryptedTable, Texts>> = {
  medical_records: { content: '{"note":"toux"}' },
  lab_results: { flag: 'HH' },
}

/** A row of this table in somebody's chart, as their doctor could have written it. */
async function inChart(table: EncryptedTable, patient: Patient, clear: object): Promise<SealedOne> {
  const texts = Object.fromEntries(
    Object.keys(ENCRYPTED_COLUMNS[table]).map((column) => [column, `${column} ${someWord()}`])
  )
  Object.assign(texts, OF_A_FORM[table])
  const model = MODELS[table]
  const row = new model() as unknown as ClinicalRow & { id: number; patientUuid: string }
  const attributes = Object.entries(texts).map(([column, text]) => [attributeOf(model, column), text])
  Object.assign(row, { uuid: newUuid(), patientId: patient.id, ...clear, ...Object.fromEntries(attributes) })
  row.patientUuid = patient.uuid
  await save(row)
  return one(table, row, texts)
}

/** A patient with all contacts, and in their chart so many rows of each table that has text. */
export async function aSealedChart(doctor: User, copies: number): Promise<SealedOne[]> {
  const digits = someDigits()
  const contacts = { national_id: `ID${digits}`, phone: `+22177${digits.slice(-7)}`, email: `p${digits}@example.org` }
  const patient = await somePatient({ ...contacts, address: `${digits} rue Blanchot` })
  await assignDoctor(callerOf(), { doctor_id: doctor.uuid, patient_id: patient.uuid })
  const rows = [one('patients', patient, { ...contacts, address: `${digits} rue Blanchot` })]
  for (let copy = 0; copy < copies; copy++) {
    const visit = await inChart('consultations', patient, { date: new Date(), status: 'finished', doctorId: doctor.id })
    const prescribed = { consultationId: visit.id, status: 'active', prescribedAt: new Date() }
    rows.push(
      visit,
      await inChart('prescriptions', patient, prescribed),
      await inChart('medical_records', patient, { type: 'note', status: 'active', doctorId: doctor.id }),
      await inChart('lab_results', patient, { resultDate: new Date(), status: 'final' }),
      await inChart('addenda', patient, { entity: 'consultation', entityUuid: visit.uuid }),
      await inChart('emergency_accesses', patient, { userId: doctor.id, expiresAt: new Date() }),
      await formerVersionOf(visit)
    )
  }
  return rows
}

/** The consultation is corrected: what it said is kept beside it. */
async function formerVersionOf(visit: SealedOne): Promise<SealedOne> {
  const present = await Consultation.findOrFail(visit.id)
  const { uuid } = await Patient.findOrFail(present.patientId)
  present.patientUuid = uuid
  const former = { ...visit.texts }
  visit.texts.notes = `notes ${someWord()}`
  await save(present.merge({ notes: visit.texts.notes }))
  const kept = await db.from('record_versions').where({ entity_uuid: visit.uuid }).firstOrFail()
  return {
    ...{ table: 'record_versions', id: kept.id, uuid: kept.uuid, texts: { body: former.notes! } },
    async read(client = db.connection()) {
      const [version] = await formerVersions(present, { upTo: 1, limit: 1 }, client)
      const [row] = await rebuilt(CONSULTATIONS, present, [version!], client)
      return { body: row!.notes! }
    },
  }
}

/** What somebody's code generator knows. */
export async function aSealedSecret(user: User): Promise<SealedOne> {
  const secret = someWord()
  await inTransaction(callerOf(), ({ client }) => keepWaiting(user, secret, client))
  const kept = await TotpSecret.of(user, db.connection())
  return one('totp_secrets', kept!, { secret })
}
