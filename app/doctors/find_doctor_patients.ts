import { fromSqlInstant } from '#app/core/clock'
import { pageOf, type Page } from '#app/core/keyset'
import { readCase } from '#app/core/read_case'
import DoctorPolicy from '#app/doctors/doctor_policy'
import { doctorPatientsValidator } from '#app/doctors/doctor_validator'
import { clinicians } from '#app/doctors/find_doctors'
import Patient, { IS_CURRENT } from '#app/patients/patient'

const BY_NAME = { column: 'sort_name', kind: 'text', direction: 'asc' } as const
/** The last time: a patient may have come back and left again. */
const LAST =
  'care.id = (select max(last.id) from doctor_patient last where last.doctor_id = care.doctor_id and last.patient_id = care.patient_id)'

/** A patient, and since when they are, or from when until when they were, in the care of the one who is asked about. */
export interface DoctorPatient {
  patient: Patient
  assignedAt: Date
  endedAt: Date | null
}

/** The patients whom a clinician treats, or used to treat: of them, those whom the caller may open. */
export const listDoctorPatients = readCase({
  name: 'doctors.list_patients',
  input: doctorPatientsValidator,
  find: ({ id }, { client }) => clinicians(client).where('users.uuid', id).firstOrFail(),
  policy: [DoctorPolicy, 'viewPatients'],
  details: ({ rows }: Page<DoctorPatient>) => ({ uuids: rows.map(({ patient }) => patient.uuid) }),
  async run({ subject: doctor, caller, client }, { ended, limit, cursor }) {
    const isEnded = ended === 'true'
    const query = Patient.visibleTo(caller.user, client)
      .clearSelect()
      .select(Patient.SUMMARY.map((column) => `patients.${column}`))
      .select('care.assigned_at', 'care.ended_at')
      .join('doctor_patient as care', 'care.patient_id', 'patients.id')
      .where('care.doctor_id', doctor.id)
      .whereRaw(IS_CURRENT)
    if (isEnded) void query.whereNull('care.is_open').whereRaw(LAST)
    else void query.where('care.is_open', 1)
    const list = isEnded ? 'former patients' : 'patients in care'
    const page = await pageOf(query, 'patients', { list, ...BY_NAME }, { limit, cursor })
    return { ...page, rows: page.rows.map(toldCare) }
  },
})

function toldCare(patient: Patient): DoctorPatient {
  const { assigned_at, ended_at } = patient.$extras
  return {
    patient,
    assignedAt: fromSqlInstant(assigned_at),
    endedAt: ended_at === null ? null : fromSqlInstant(ended_at),
  }
}
