import { CONSULTATIONS, LAB_RESULTS, MEDICAL_RECORDS, PRESCRIPTIONS, type KeptKind } from '#app/charts/chart_kinds'
import { historyOf } from '#app/charts/history'
import Patient from '#app/patients/patient'
import PatientPolicy from '#app/patients/patient_policy'

const PATIENTS: KeptKind<Patient> = {
  domain: 'patients',
  model: Patient,
  find: (id, { caller, client }) => Patient.seenBy(caller.user, client).where('patients.uuid', id).firstOrFail(),
  view: [PatientPolicy, 'view'],
  references: {},
}

export const patientHistory = historyOf(PATIENTS)
export const consultationHistory = historyOf(CONSULTATIONS)
export const prescriptionHistory = historyOf(PRESCRIPTIONS)
export const medicalRecordHistory = historyOf(MEDICAL_RECORDS)
export const labResultHistory = historyOf(LAB_RESULTS)
