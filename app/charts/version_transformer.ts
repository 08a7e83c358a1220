import { BaseTransformer } from '@adonisjs/core/transformers'
import type { Static, TSchema } from 'typebox'
import type { Version } from '#app/charts/history'
import { consultationData, consultationShape } from '#app/consultations/consultation_transformer'
import { instant, nullable, shape, text, uuid, version } from '#app/http/shapes'
import { labResultData, labResultShape } from '#app/labs/lab_result_transformer'
import PatientTransformer, { patientShape } from '#app/patients/patient_transformer'
import type Patient from '#app/patients/patient'
import { prescriptionData, prescriptionShape } from '#app/prescriptions/prescription_transformer'
import { medicalRecordData, medicalRecordShape } from '#app/records/medical_record_transformer'

/** What a version is besides the record itself; the present one is replaced by nobody. */
const versionShape = <const Name extends string, Data extends TSchema>(name: Name, data: Data) =>
  shape(`${name}Version`, {
    version: version(),
    data,
    replaced_at: nullable(instant()),
    /** Null for the operator at the machine. */
    replaced_by: nullable(uuid()),
    replaced_via: nullable(text()),
  })

export const patientVersionShape = versionShape('Patient', patientShape)
export const consultationVersionShape = versionShape('Consultation', consultationShape)
export const prescriptionVersionShape = versionShape('Prescription', prescriptionShape)
export const medicalRecordVersionShape = versionShape('MedicalRecord', medicalRecordShape)
export const labResultVersionShape = versionShape('LabResult', labResultShape)

/** A version with its record as `dataOf` tells it. */
function versionTransformer<Row extends { version: number }, Data>(dataOf: (row: Row) => Data) {
  return class VersionTransformer extends BaseTransformer<Version<Row>> {
    toObject() {
      const { row, replaced } = this.resource
      return {
        version: row.version,
        data: dataOf(row),
        replaced_at: replaced?.at.toISOString() ?? null,
        replaced_by: replaced?.by ?? null,
        replaced_via: replaced?.via ?? null,
      }
    }
  }
}

const patientData = (patient: Patient): Static<typeof patientShape> => new PatientTransformer(patient).toObject()

export const PatientVersionTransformer = versionTransformer(patientData)
export const ConsultationVersionTransformer = versionTransformer(consultationData)
export const PrescriptionVersionTransformer = versionTransformer(prescriptionData)
export const MedicalRecordVersionTransformer = versionTransformer(medicalRecordData)
export const LabResultVersionTransformer = versionTransformer(labResultData)
