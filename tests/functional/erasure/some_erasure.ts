import db from '@adonisjs/lucid/services/db'
import { breakGlass } from '#app/alerts/break_glass'
import { ADDENDA } from '#app/charts/addenda_of_records'
import { correctConsultation } from '#app/consultations/correct_consultation'
import { approveErasure } from '#app/erasure/approve_erasure'
import { requestErasure } from '#app/erasure/request_erasure'
import { issueChartCode } from '#app/links/issue_chart_code'
import type Patient from '#app/patients/patient'
import type User from '#app/users/user'
import { callerOf, someone } from '#tests/acting'
import { patientOf, someConsultation } from '#tests/functional/charts/some_chart'
import { giveGenerator } from '#tests/functional/factors/some_factor'
import { someValidated } from '#tests/functional/labs/some_result'
import { somePrescription } from '#tests/functional/prescriptions/some_prescription'
import { anAllergy, someRecord } from '#tests/functional/records/some_record'

/** An administrator who has a second factor. */
export async function anEraser(): Promise<User> {
  const admin = await someone('admin')
  await giveGenerator(admin)
  return admin
}

export async function requested(patient: { uuid: string }, by?: User): Promise<string> {
  const caller = callerOf(by ?? (await anEraser()))
  const { request } = await requestErasure(caller, { patient: patient.uuid, ground: 'person_asked' })
  return request.uuid
}

/** Asked for by one, approved by two others. */
export async function erase(patient: { uuid: string }) {
  const id = await requested(patient)
  await approveErasure(callerOf(await anEraser()), { id })
  return approveErasure(callerOf(await anEraser()), { id })
}

export interface FullChart {
  patient: Patient
  doctor: User
  lab: User
  /** Paths of all that the doctor opens there. */
  paths: string[]
}

/** A patient of whom there is something of everything. */
export async function aFullChart(): Promise<FullChart> {
  const [doctor, lab, stranger] = [await someone('doctor'), await someone('lab'), await someone('doctor')]
  const patient = await patientOf(doctor)
  const { uuid } = patient
  const consultation = await someConsultation(doctor, patient, { diagnosis: 'Paludisme simple' })
  await correctConsultation(callerOf(doctor), { id: consultation.uuid, version: 1, diagnosis: 'Paludisme grave' })
  const prescription = await somePrescription(doctor, consultation)
  const record = await someRecord(doctor, anAllergy(patient))
  const result = await someValidated(lab, patient)
  await ADDENDA.consultations.add(callerOf(doctor), { record_id: consultation.uuid, text: 'Revue au téléphone' })
  await breakGlass(callerOf(stranger), { patient_id: uuid, reason: 'Convulsions' })
  await issueChartCode(callerOf(), { patient_id: uuid })
  const [api, visit] = ['/api/v1', `/api/v1/consultations/${consultation.uuid}`]
  const chart = `${api}/patients/${uuid}`
  const paths = [
    ...[chart, `${chart}/timeline`, `${chart}/history`, `${chart}/consultations`, `${chart}/medical-records`],
    ...[`${chart}/prescriptions`, `${chart}/lab-results`],
    ...[visit, `${visit}?include=addenda`, `${visit}/history`, `${visit}/addenda`, `${visit}/prescriptions`],
    ...[`${visit}/prescriptions/${prescription.uuid}`, `${visit}/prescriptions/${prescription.uuid}/history`],
    ...[`${api}/medical-records/${record.uuid}`, `${api}/medical-records/${record.uuid}/history`],
    ...[`${api}/lab-results/${result.uuid}`, `${api}/lab-results/${result.uuid}/history`],
  ]
  return { patient, doctor, lab, paths }
}

export const rowOf = ({ uuid }: { uuid: string }) => db.from('patients').where('uuid', uuid).firstOrFail()
export const keysOf = ({ uuid }: { uuid: string }) =>
  db.from('data_keys').where({ subject_type: 'patient', subject_uuid: uuid })
