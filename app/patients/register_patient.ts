import { newUuid } from '#app/core/ids'
import { useCase } from '#app/core/use_case'
import { insertRows, isDuplicate } from '#app/core/insert_rows'
import { newDataKey } from '#app/keys/data_keys'
import { assign } from '#app/doctors/assign_doctor'
import { defaultCountry } from '#app/patients/default_country'
import { refuseTakenNationalId } from '#app/patients/find_by_national_id'
import { newMrn } from '#app/patients/mrn'
import Patient from '#app/patients/patient'
import { patientColumns } from '#app/patients/patient_columns'
import PatientPolicy from '#app/patients/patient_policy'
import { MrnTaken, PatientExists } from '#app/patients/patient_problems'
import { registerPatientValidator } from '#app/patients/patient_validator'
import { writeIndex } from '#app/patients/write_index'

/** Opens a record. A clinician who registers a patient treats them from then on, else they could not open what they wrote. */
export const registerPatient = useCase({
  name: 'patients.register',
  status: 201,
  input: registerPatientValidator,
  find: () => null,
  policy: [PatientPolicy, 'create'],
  async run({ caller, trx, save, note }, input) {
    const country = await defaultCountry(trx)
    const uuid = input.id ?? newUuid()
    const columns = patientColumns(input, country)
    await refuseTakenNationalId(columns, caller, trx)
    const { dataKey, row } = await newDataKey('patient', uuid, trx)
    const patient = new Patient().fill({ uuid, mrn: input.mrn ?? newMrn(), ...columns })
    patient.$dataKey = dataKey
    try {
      await insertRows(trx, 'data_keys', [{ ...row }])
      await save(patient)
    } catch (error) {
      throw takenBy(error) ?? error
    }
    await writeIndex(patient, country, trx)
    if (caller.user.id !== null && caller.user.can('patients.treat')) {
      await save(assign(patient, { id: caller.user.id, uuid: caller.user.uuid }, caller))
      note({ assigned: caller.user.uuid })
    }
    return patient
  },
})

function takenBy(error: unknown) {
  if (isDuplicate(error, 'mrn')) return new MrnTaken()
  if (isDuplicate(error, 'uuid')) return new PatientExists()
  return null
}
