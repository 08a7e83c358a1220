import { StaleVersion } from '#app/core/problem'
import { useCase } from '#app/core/use_case'
import { defaultCountry } from '#app/patients/default_country'
import { refuseTakenNationalId } from '#app/patients/find_by_national_id'
import Patient from '#app/patients/patient'
import { patientColumns, type PatientInput } from '#app/patients/patient_columns'
import PatientPolicy from '#app/patients/patient_policy'
import { correctPatientValidator } from '#app/patients/patient_validator'
import { rewriteIndex } from '#app/patients/write_index'

/** Corrects an identity. Fields that are left out stay; null empties. The former version is kept. */
export const correctPatient = useCase({
  name: 'patients.correct',
  input: correctPatientValidator,
  find: ({ id }, { caller, trx }) => Patient.seenBy(caller.user, trx).where('uuid', id).forUpdate().firstOrFail(),
  policy: [PatientPolicy, 'update'],
  async run({ subject: patient, caller, trx, save }, { id, version, ...changes }) {
    if (patient.version !== version) throw new StaleVersion(patient.version, version)
    const country = await defaultCountry(trx)
    const columns = patientColumns({ ...currentInput(patient), ...changes }, country)
    await refuseTakenNationalId(columns, caller, trx, id)
    const isRenamed = columns.familyName !== patient.familyName || columns.givenName !== patient.givenName
    const isReindexed =
      isRenamed ||
      columns.nationalId !== patient.nationalId ||
      columns.nationalIdCountry !== patient.nationalIdCountry ||
      columns.phone !== patient.phone
    await save(patient.merge(columns))
    if (isReindexed) await rewriteIndex(patient, country, trx)
    return patient
  },
})

function currentInput(patient: Patient): PatientInput {
  return {
    family_name: patient.familyName,
    given_name: patient.givenName,
    sex: patient.sex,
    dob: patient.dob,
    national_id: patient.nationalId,
    national_id_country: patient.nationalIdCountry,
    phone: patient.phone,
    email: patient.email,
    address: patient.address,
    deceased_at: patient.deceasedAt?.toISOString() ?? null,
  }
}
